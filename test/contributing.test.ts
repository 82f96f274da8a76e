import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

describe("CONTRIBUTING.md", () => {
  const text = readFileSync(join(import.meta.dirname, "../CONTRIBUTING.md"), "utf8");

  it("names every group of make test-long", () => {
    const table = text.slice(text.indexOf("| group "));
    const named = [...table.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
    const files = readdirSync(join(import.meta.dirname, "long")).filter((file) => file.endsWith(".test.ts"));
    expect(named).toEqual(files.map((file) => file.slice(0, -".test.ts".length)).sort());
  });
});
