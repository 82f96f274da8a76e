import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { acceptance } from "../../verify/binomial.ts";

const folder = join(import.meta.dirname, "../..");
const text = readFileSync(join(folder, "docs/troubleshooting.md"), "utf8");

describe("docs/troubleshooting.md", () => {
  it("has a row for every answer that the simulator gives", () => {
    const types = readFileSync(join(folder, "istio/routing/outcome.ts"), "utf8");
    const [, union = ""] = /export type Reason =([^;]*);/.exec(types) ?? [];
    const reasons = [...union.matchAll(/"([^"]+)"/g)].map(([, reason = ""]) => reason);
    expect(reasons.length).toBeGreaterThan(10);
    const answers = [...text.matchAll(/^\| ([^|]*) \|/gm)].map(([, answer = ""]) => answer).join("\n");
    expect(reasons.filter((reason) => !answers.includes(reason))).toEqual([]);
  });

  it("says of shares what chance allows", () => {
    const [, low = "", high = ""] = /of 100 requests at 10 %, between (\d+) and (\d+)/.exec(text) ?? [];
    expect({ low: Number(low), high: Number(high) }).toEqual(acceptance(100, 0.1, 1e-3));
  });
});
