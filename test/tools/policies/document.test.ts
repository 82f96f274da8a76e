import { describe, expect, it } from "vitest";
import { rules } from "../../../policies/rules/index.ts";
import { policiesDocument } from "../../../tools/policies/document.ts";

const text = policiesDocument();
const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)];

describe("docs/policies.md", () => {
  it("has a row of eight cells for every rule", () => {
    const cells = rows
      .map(([, id, rest = ""]) => ({ id, count: 1 + rest.split(/(?<!\\) ?\| /).length }))
      .filter(({ count }) => count > 3);
    expect(cells.map(({ id }) => id).sort()).toEqual(rules.map(({ id }) => id).sort());
    expect(cells.filter(({ count }) => count !== 8)).toEqual([]);
  });

  it("lists every setting of a rule", () => {
    const settings = rules.flatMap(({ id, settings = {} }) =>
      Object.keys(settings).map((name) => `\`${id}\` | \`${name}\``),
    );
    expect(settings.length).toBeGreaterThan(0);
    for (const setting of settings) expect(text).toContain(`| ${setting} | `);
  });
});
