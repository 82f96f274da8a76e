import { describe, expect, it } from "vitest";
import { reportOf } from "../../../tools/preview/report.ts";
import { recorded } from "./recordings.ts";

const DIFF = "the engine's diff";
const COMMAND = "make preview STACK=prod ARGS=--diff";
const report = (name: Parameters<typeof recorded>[0], isDiffWanted = false) =>
  reportOf({ events: recorded(name), diff: DIFF }, COMMAND, isDiffWanted);

describe("a preview as text", () => {
  it.each(["prod", "risky"] as const)("is short: %s", async (name) => {
    const text = report(name);
    expect(text.split("\n").length).toBeLessThan(60);
    await expect(text).toMatchFileSnapshot(`recorded/${name}.txt`);
  });

  it("has the engine's diff where that is short, or asked for", () => {
    expect(report("size")).toContain(DIFF);
    expect(report("prod")).not.toContain(DIFF);
    expect(report("prod")).toContain(COMMAND);
    expect(report("prod", true)).toContain(DIFF);
  });

  it("has the findings of the policies together, last, and what is forbidden is told from advice", () => {
    const text = report("prod");
    const last = text.slice(text.indexOf("Policies:"));
    expect(last.match(/^ {2}mesh@v\S+ \[\w+\]/gm)).toHaveLength(3);
    expect(text.match(/mesh@v/g)).toHaveLength(3);
    expect(last).toContain("(kubernetes:core/v1:Namespace: bookinfo)\n");
    expect(last).toContain("\n    spec.http[0].timeout: set the timeout of the route\n");
    expect(report("refused")).toContain("[mandatory] [severity: medium]  eks-deletion-protected");
  });

  it("says why it failed, and nothing of costs and doors that it does not know", () => {
    const text = report("halfway");
    expect(text).toContain("up to the failure");
    expect(text).toMatch(/The preview failed:\n {2}cluster-gp3: Preview failed: .* gave no credentials/);
    expect(text).not.toMatch(/^(Cost|Time|Reachable from the internet):/m);
    expect(text).toContain("cluster-nodes-default (aws:eks/nodeGroup:NodeGroup) is replaced");
  });

  it("says which settings the program refuses", () => {
    expect(report("stranger")).toMatch(
      /The preview failed:\n {2}1 setting is wrong.*\n.*mesh:cluster\.eks\.access\.stranger is/,
    );
  });

  it("knows the costs of a change that is forbidden but complete", () => {
    expect(report("refused")).toMatch(/^Cost:$/m);
    expect(report("refused")).not.toContain("The preview failed");
  });

  it("is what the engine said where it wrote no events down", () => {
    expect(reportOf({ events: [], diff: "error: no such flag" }, COMMAND, false)).toBe("error: no such flag\n");
  });
});
