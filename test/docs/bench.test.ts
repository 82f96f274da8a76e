// docs/bench.md and the README have what `make bench` measured last.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withRatios } from "../../tools/bench/document.ts";
import { TITLES } from "../../tools/bench/titles.ts";

const text = (file: string) => readFileSync(join(import.meta.dirname, "../..", file), "utf8");
const document = text("docs/bench.md");
const sections = document.split(/^## /m).slice(1);

describe("docs/bench.md", () => {
  it("has every part, in their order", () => {
    expect(sections.map((section) => section.split("\n", 1)[0])).toEqual(Object.values(TITLES));
  });

  it.each(sections.map((section) => [section.split("\n", 1)[0] ?? "", section]))(
    "says why something takes more: %s",
    (_, section) => {
      const ratios = [...section.matchAll(/([\d.]+)(?: \([^)]*\))? *\|$/gm)].map(([, median]) => Number(median));
      expect(ratios.length).toBeGreaterThan(0);
      expect(section.includes("Why it takes more: ")).toBe(ratios.some((ratio) => ratio > 1));
    },
  );
});

it("the README has its ratios", async () => {
  const readme = text("README.md");
  expect(readme).toContain("| all of an installation");
  expect(await withRatios(readme, document)).toBe(readme);
});
