import { describe, expect, it } from "vitest";
import { COMMENT } from "../../report/budget.ts";
import { html } from "../../report/html.ts";
import { markdown } from "../../report/markdown.ts";
import { withMeasured, type Measured } from "../../report/measured.ts";
import { stackReport } from "../../report/stackReport.ts";
import { eventsOf } from "./change.ts";
import { mesh } from "./shop.ts";

const report = stackReport("dev", eventsOf(mesh, mesh));
const check = (what: string, verdict: string) => ({
  ...{ what, declared: "70%", measured: "69.0% (69 of 100)", allowed: "60.0% to 80.0%", verdict },
  ...(verdict === "wrong" && { note: "too <few>" }),
});
const found = (...verdicts: string[]): Measured => ({
  findings: [
    {
      ...{ host: "reviews", rule: `http[0]: ${"a very long condition ".repeat(9)}`, from: "inside", requests: 100 },
      checks: verdicts.map((verdict, index) => check(`share of v${index + 1}`, verdict)),
    },
  ],
});

describe("what was measured", () => {
  it("stands as declared, measured and interval in every form", () => {
    const measured = withMeasured(report, found("ok", "not verified"));
    const text = markdown([measured]);
    expect(text).toContain("**Measured with 100 requests: 1 ok, 0 wrong, 1 not verified**");
    expect(text).toContain("| share of v1 | 70% | 69.0% (69 of 100) | 60.0% to 80.0% | ok |");
    expect(html([measured])).toContain("<td>70%</td><td>69.0% (69 of 100)</td><td>60.0% to 80.0%</td><td>ok</td>");
    expect(measured.verdict).toBe(report.verdict);
    expect(markdown([report])).not.toContain("Measured");
  });

  it("comes first, and into the verdict, where it does not hold", () => {
    const measured = withMeasured(report, found(...Array.from({ length: 20 }, () => "ok"), "wrong"));
    expect(measured.verdict).toBe(`1 check fails when measured; ${report.verdict}`);
    const rows = markdown([measured])
      .split("\n")
      .filter((line) => line.includes("share of"));
    expect(rows[0]).toContain("| share of v21 |");
    expect(rows[0]).toContain("wrong: too &lt;few&gt;");
    expect(html([measured])).toContain('<td class="lost">wrong: too &lt;few&gt;</td>');
  });

  it("is folded where it is long and holds, and fits however long it is", () => {
    const many = (count: number) => withMeasured(report, found(...Array.from({ length: count }, () => "ok")));
    expect(markdown([many(13)])).toContain("<details><summary>Measured with 100 requests: 13 ok");
    const text = markdown([many(5000)]);
    expect(text.length).toBeLessThanOrEqual(COMMENT);
    expect(text).toContain("**Measured with 100 requests: 5000 ok");
  });

  it("says why there is none", () => {
    const measured = withMeasured(report, { findings: [], problem: "the cluster has a mesh already" });
    expect(markdown([measured])).toContain("**Not measured: the cluster has a mesh already**");
    expect(html([measured])).toContain("<h3>Not measured: the cluster has a mesh already</h3>");
  });
});
