import { describe, expect, it } from "vitest";
import { COMMENT } from "../../report/budget.ts";
import { driftIn, driftText, type Drift } from "../../report/drift.ts";
import type { PreviewEvent } from "../../tools/preview/events.ts";

const TYPE = "kubernetes:networking.istio.io/v1:VirtualService";
const urnOf = (name: string) => `urn:pulumi:dev::mesh::${TYPE}::${name}`;
const state = (name: string, inputs: object = {}) => ({ type: TYPE, urn: urnOf(name), id: `shop/${name}`, inputs });

/** What a preview says of one resource: what it found, and what it would do. */
function events(name: string, op: string, paths: readonly string[], isGone = false): PreviewEvent[] {
  const metadata = { urn: urnOf(name), type: TYPE, old: state(name, { password: "s3cret" }) };
  const detailedDiff = Object.fromEntries(paths.map((path) => [path, { diffKind: "update", inputDiff: false }]));
  const found = {
    ...metadata,
    op: "refresh",
    detailedDiff,
    ...(!isGone && { new: state(name, { password: "hidden" }) }),
  };
  const planned = { ...metadata, op, logical: true, new: state(name) };
  return [
    { resOutputsEvent: { planning: true, metadata: found } },
    { resourcePreEvent: { planning: true, metadata: planned } },
  ] as unknown as PreviewEvent[];
}

describe("drift", () => {
  it("is what differs and would be put back, in the order of the names", () => {
    const found = driftIn("dev", [
      ...events("routes", "update", ["spec.http[0].timeout", "spec.hosts[0]"]),
      ...events("gone", "create", [], true),
      ...events("as-it-was", "same", []),
      ...events("of-a-controller", "same", ["metadata.annotations.seen"]),
      ...events("to-be-deployed", "update", []),
    ]);
    expect(found.drifted).toEqual([
      { resource: "VirtualService gone", id: "shop/gone", isGone: true, paths: [] },
      {
        resource: "VirtualService routes",
        id: "shop/routes",
        isGone: false,
        paths: ["spec.hosts[0]", "spec.http[0].timeout"],
      },
    ]);
  });

  it("is told by its places, without a value", () => {
    const text = driftText(driftIn("dev", events("routes", "update", ["spec.hosts[0]"]))) ?? "";
    expect(text).toMatch(/^<!-- mesh-drift dev -->\n1 resource is not/);
    expect(text).toContain("- VirtualService routes (shop/routes)\n  - spec.hosts\\[0\\]");
    expect(text).toContain("`make up STACK=dev ARGS=--refresh`");
    expect(JSON.stringify(driftIn("dev", events("routes", "update", ["spec.hosts[0]"])))).not.toMatch(/s3cret|hidden/);
  });

  it("is nothing to tell where there is none", () => {
    expect(driftText(driftIn("dev", events("routes", "same", [])))).toBeUndefined();
  });

  it("fits into an issue, and mentions nobody, however much there is", () => {
    const drifted = Array.from({ length: 3000 }, (_, index) => ({
      ...{ resource: `Service s${index}`, id: "@everybody <b>", isGone: false },
      paths: Array.from({ length: 20 }, (_, path) => `spec.ports[${path}]`),
    }));
    const drift: Drift = { stack: "dev", drifted };
    const text = driftText(drift) ?? "";
    expect(text.length).toBeLessThanOrEqual(COMMENT);
    expect(text).toContain("3000 resources are not as the last deployment left them");
    expect(text).not.toMatch(/@|<b>/);
  });
});
