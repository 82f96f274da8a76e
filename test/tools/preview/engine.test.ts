import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { enginePreview, hasBegun } from "../../../tools/preview/engine.ts";
import { EngineFailed } from "../../../tools/stack/runEngine.ts";
import { recorded } from "./recordings.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "preview-"));
  writeFileSync(join(folder, "Pulumi.it.yaml"), "config: {}\n");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Previews with a program in the engine's place. */
async function previewBy(script: string) {
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\nset -eu\n${script}\n`, { mode: 0o755 });
  const env = { PATH: `${folder}:${process.env.PATH ?? ""}` };
  const preview = await enginePreview({ name: "it", env, file: join(folder, "Pulumi.it.yaml") }, ["--refresh"], folder);
  // What the engine wrote may be secret to others.
  expect(readdirSync(folder).sort()).toEqual(["Pulumi.it.yaml", "pulumi"]);
  return preview;
}

const WRITE = `
while [ "$1" != --event-log ]; do shift; done
log=$2
[ -n "$(find "$log" -perm 600)" ] && [ "$PULUMI_DEBUG_COMMANDS" = true ]
echo '{"cancelEvent":{}}' > "$log"`;

it("has the engine's events and its text", async () => {
  expect(await previewBy(`echo "$1"; ${WRITE}; printf 'no end of line'`)).toEqual({
    events: [{ cancelEvent: {} }],
    diff: "preview\nno end of line",
  });
});

it("has both of an engine that failed, and the failure", async () => {
  const { events, diff, failure } = await previewBy(`echo said; ${WRITE}; exit 1`);
  expect([events, diff, failure]).toEqual([[{ cancelEvent: {} }], "said", expect.any(EngineFailed)]);
});

it("knows of an up whether it came further than its preview", () => {
  const preview = recorded("refused");
  expect(hasBegun(preview)).toBe(false);
  const update = preview.map(({ resourcePreEvent, ...event }) =>
    resourcePreEvent ? { ...event, resourcePreEvent: { metadata: resourcePreEvent.metadata } } : event,
  );
  expect(hasBegun(update)).toBe(true);
});

it("has no events of an engine that did not begin", async () => {
  expect(await previewBy("echo 'error: no stack'; exit 1")).toMatchObject({ events: [], diff: "error: no stack" });
});
