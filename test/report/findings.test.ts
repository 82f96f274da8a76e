import { describe, expect, it } from "vitest";
import type { Levels } from "../../policies/engine/judge.ts";
import { findingsIn, type ReportedFinding } from "../../report/findings.ts";
import { markdown } from "../../report/markdown.ts";
import { forbiddingIn, stackReport } from "../../report/stackReport.ts";
import { stepsIn } from "../../tools/preview/events.ts";
import { eventsOf, manifests, withFindings, type Finding } from "./change.ts";
import { stock } from "./shop.ts";

/** Of one rule on an object and one on the mesh alone. */
const levels: Levels = {
  all: "disabled",
  "no-fault-injection": "mandatory",
  "http-route-has-timeout": "advisory",
  "routed-subset-exists": "mandatory",
};

const fault = "fault: { abort: { httpStatus: 503, percentage: { value: 20 } } }";
const to = (subset: string) => `route: [{ destination: { host: stock, subset: ${subset} } }]`;
const versions = manifests(`
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: stock, namespace: shop }
spec: { host: stock, subsets: [{ name: v1, labels: { version: v1 } }] }
`);
const routes = (http: string) => [...versions, ...stock(http)];

const found = (before: readonly object[], after: readonly object[]) => {
  const events = withFindings(eventsOf(before, after), levels);
  return findingsIn(events, stepsIn(events), levels).findings;
};
const inShort = (findings: readonly ReportedFinding[]) =>
  findings.map(({ state, level, rule, path }) => [state, level, rule, path].join(" "));

describe("the findings of a change", () => {
  it("are new where the state before had none", () => {
    const findings = found(
      routes(`[{ timeout: 1s, ${to("v1")} }]`),
      routes(`[{ timeout: 1s, ${fault}, ${to("v2")} }]`),
    );
    expect(inShort(findings)).toEqual([
      "new mandatory no-fault-injection spec.http[0].fault",
      "new mandatory routed-subset-exists spec.http[0].route[0].destination.subset",
    ]);
    expect(findings[0]).toMatchObject({
      resource: "VirtualService shop-stock",
      object: { kind: "VirtualService", namespace: "shop", name: "stock" },
    });
    expect(findings[0]?.message).not.toContain("spec.http");
  });

  it("are as before where the item only moved in its list, and its like is new", () => {
    const one = `{ timeout: 1s, ${fault}, ${to("v1")} }`;
    const first = `{ timeout: 1s, match: [{ uri: { exact: /a } }], ${to("v1")} }`;
    expect(inShort(found(routes(`[${one}]`), routes(`[${first}, ${one}]`)))).toEqual([
      "before mandatory no-fault-injection spec.http[1].fault",
    ]);
    const another = `{ timeout: 1s, match: [{ uri: { exact: /a } }], ${fault}, ${to("v1")} }`;
    expect(inShort(found(routes(`[${one}]`), routes(`[${another}, ${one}]`)))).toEqual([
      "new mandatory no-fault-injection spec.http[1].fault",
      "before mandatory no-fault-injection spec.http[0].fault",
    ]);
  });

  it("are fixed where the change mends them, also by removing the object", () => {
    const old = routes(`[{ ${fault}, ${to("v1")} }]`);
    const fixed = [
      "fixed mandatory no-fault-injection spec.http[0].fault",
      "fixed advisory http-route-has-timeout spec.http[0].timeout",
    ];
    expect(inShort(found(old, routes(`[{ timeout: 1s, ${to("v1")} }]`)))).toEqual(fixed);
    expect(inShort(found(old, versions))).toEqual(fixed);
    const report = stackReport("dev", withFindings(eventsOf(old, versions), levels), { levels });
    expect(forbiddingIn(report.findings)).toEqual([]);
    expect(report.verdict).not.toContain("forbid");
  });

  it("are all new on a stack that is new", () => {
    expect(inShort(found([], routes(`[{ ${to("v1")} }]`)))).toEqual([
      "new advisory http-route-has-timeout spec.http[0].timeout",
    ]);
  });

  const said = (message: string, policyName: string): Partial<Finding> => ({
    ...{ enforcementLevel: "advisory", policyPackName: "acme", policyName, message },
    resourceUrn: "urn:pulumi:dev::bookinfo-mesh::kubernetes:networking.istio.io/v1:VirtualService::shop-stock",
  });

  it("of another pack are as before where the object stays as it is", () => {
    const [same, other] = [routes(`[{ ${to("v1")} }]`), routes(`[{ timeout: 1s, ${to("v1")} }]`)];
    const states = [same, other].map((after) => {
      const events = eventsOf(same, after, [said("no", "house-rule")]);
      return findingsIn(events, stepsIn(events), { all: "disabled" }).findings.map(({ state }) => state);
    });
    expect(states).toEqual([["before"], ["new"]]);
  });

  it("wait where a value is told later, and are then not fixed", () => {
    const waits = said(
      "An HTTP route sets a timeout.\ncan't run policy 'http-route-has-timeout' from policy pack 'mesh@v0.1.0' during preview: cannot be checked yet",
      "http-route-has-timeout",
    );
    const events = withFindings(eventsOf(routes(`[{ ${to("v1")} }]`), versions, [waits]), levels);
    const report = stackReport("dev", events, { levels });
    expect(report.findings).toEqual([]);
    expect(report.undecided).toContain(
      "1 rule waits for values that only the deployment tells: http-route-has-timeout",
    );
  });

  it("of a preview that fails are never fixed", () => {
    const diagnosticEvent = { severity: "error", message: "no such host", color: "never" } as const;
    const failed = { sequence: 0, timestamp: 0, diagnosticEvent };
    const events = [...withFindings(eventsOf(routes(`[{ ${fault}, ${to("v1")} }]`), []), levels), failed];
    expect(stackReport("dev", events, { levels }).findings).toEqual([]);
  });
});

describe("the findings in a comment", () => {
  it("have the new mandatory ones on top, and those as before in one line", () => {
    const before = routes(`[{ ${to("v1")} }]`);
    const after = routes(`[{ ${fault}, ${to("v1")} }]`);
    const text = markdown([stackReport("dev", withFindings(eventsOf(before, after), levels), { levels })]);
    expect(text).toContain("### `dev`: 1 finding forbids this");
    expect(text.indexOf("**Forbidden by a rule, and new**")).toBeLessThan(text.indexOf("**Policies**"));
    expect(text).toContain("**Policies**: 1 new, 1 as before\n\n<details><summary>1 as before</summary>");
  });

  it("say that what forbids the change forbade the last one as well", () => {
    const old = routes(`[{ timeout: 1s, ${fault}, ${to("v1")} }]`);
    const report = stackReport("dev", withFindings(eventsOf(old, old), levels), { levels });
    expect(report.verdict).toBe("1 finding forbids this, as before");
  });
});

describe("a preview without the pack", () => {
  it("mends nothing", () => {
    const events = eventsOf(routes(`[{ ${fault}, ${to("v1")} }]`), versions);
    expect(stackReport("dev", events, { levels }).findings).toEqual([]);
  });
});
