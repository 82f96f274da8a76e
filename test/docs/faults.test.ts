// docs/faults.md is made of what `make test-long ARGS=faults` has seen last.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import type { Seen } from "../long/faults/fault.ts";
import { SECTIONS } from "../long/faults/faults.ts";
import { page, type Row } from "../long/faults/page.ts";

const folder = join(import.meta.dirname, "../long/faults/seen");

it("docs/faults.md has what was seen of each fault", async () => {
  const seen = readdirSync(folder).map((file) => basename(file, ".json"));
  const ids = Object.values(SECTIONS).flatMap((faults) => faults.map(({ id }) => id));
  expect(ids).toEqual(expect.arrayContaining(seen));
  const rowOf = (id: string) => JSON.parse(readFileSync(join(folder, `${id}.json`), "utf8")) as Seen;
  const sections = Object.entries(SECTIONS).map(([title, faults]): [string, Row[]] => [
    title,
    faults.filter(({ id }) => seen.includes(id)).map((fault) => ({ fault, seen: rowOf(fault.id) })),
  ]);
  const shown = sections.filter(([, rows]) => rows.length > 0);
  await expect(await page(Object.fromEntries(shown))).toMatchFileSnapshot("../../docs/faults.md");
});
