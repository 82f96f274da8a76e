// What breaks, done to a real cluster: what the user sees of it, and how it ends. What came of each is kept in faults/seen, of which
// test/docs/faults.test.ts makes docs/faults.md; `-u` writes it anew. Costs about 20 minutes.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SECTIONS } from "./faults/faults.ts";
import { Ground } from "./faults/ground.ts";
import { steady } from "./faults/page.ts";

let ground: Ground;

beforeAll(async () => {
  ground = await Ground.make();
}, 900_000);
afterAll(async () => {
  await ground.remove();
});

describe.each(Object.entries(SECTIONS))("%s", (_, faults) => {
  it.each(faults)("$id: $what", { timeout: 900_000 }, async ({ id, run, withoutMesh = false }) => {
    await ground.begin(!withoutMesh);
    const seen = `${JSON.stringify(await run(ground), undefined, 2)}\n`;
    const file = join(import.meta.dirname, "faults/seen", `${id}.json`);
    const written = existsSync(file) ? readFileSync(file, "utf8") : "";
    // Numbers alone are no change: where all else is the same, those of the run that was written down stay.
    await expect(steady(seen) === steady(written) ? written : seen).toMatchFileSnapshot(file);
  });
});
