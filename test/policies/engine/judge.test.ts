import { describe, expect, it } from "vitest";
import { judge, type Judged } from "../../../policies/engine/judge.ts";
import { policiesOf } from "../../../policies/engine/pack.ts";
import { descriptionOf } from "../../../policies/engine/reported.ts";
import type { ObjectRule } from "../../../policies/engine/rule.ts";
import { UNKNOWN } from "../../../policies/model/field.ts";
import { rules } from "../../../policies/rules/index.ts";
import { imageTagPinned } from "../../../policies/rules/workload/image-tag-pinned.ts";
import { routedSubsetExists } from "../../../policies/rules/virtual-service/routed-subset-exists.ts";
import { Engine, urnOf, type Resource } from "../engine.ts";

const deployment: Resource = {
  type: "kubernetes:apps/v1:Deployment",
  name: "reviews-v1",
  props: {
    metadata: { name: "reviews-v1", namespace: "bookinfo" },
    spec: { template: { metadata: {}, spec: { containers: [{ name: "reviews", image: "reviews" }] } } },
  },
};
const routes: Resource = {
  type: "kubernetes:networking.istio.io/v1:VirtualService",
  name: "reviews-routes",
  props: {
    metadata: { name: "reviews", namespace: "bookinfo" },
    spec: { hosts: ["reviews"], http: [{ route: [{ destination: { host: "reviews", subset: "v9" } }] }] },
  },
};
const versions: Resource = {
  type: "kubernetes:networking.istio.io/v1:DestinationRule",
  name: "reviews-versions",
  props: { metadata: { name: "reviews", namespace: "bookinfo" }, spec: { host: "reviews", subsets: [{ name: "v1" }] } },
};

const declared = (resource: Resource): Judged => ({ ...resource, urn: urnOf(resource), inputs: resource.props });

describe("what the rules say of a state without the engine", () => {
  it("is what they say through the engine's protocol", async () => {
    const all = [deployment, routes, versions];
    const engine = new Engine(...policiesOf(rules));
    const asked = [];
    for (const resource of all) asked.push(...(await engine.analyze(resource)));
    asked.push(...(await engine.analyzeStack(...all)));
    const said = judge(rules, {}, all.map(declared)).found.map(
      ({ rule, object, text }) => `${object.urn} ${descriptionOf(rule)}\n${text}`,
    );
    expect(said.length).toBeGreaterThan(5);
    expect(said.toSorted()).toEqual(
      asked
        .map(({ urn, message }) => `${urn} ${message}`)
        .filter((text) => rules.some((rule) => rule.level !== "disabled" && text.includes(` ${descriptionOf(rule)}\n`)))
        .toSorted(),
    );
  });

  it("has the levels and settings of an environment, and leaves out what is disabled or exempt", () => {
    const ids = (levels: Parameters<typeof judge>[1]) =>
      judge([imageTagPinned], levels, [declared(deployment)]).found.map(({ rule, level }) => `${level} ${rule.id}`);
    expect(ids({ "image-tag-pinned": "advisory" })).toEqual(["advisory image-tag-pinned"]);
    expect(ids({ "image-tag-pinned": { enforcementLevel: "mandatory" } })).toEqual(["mandatory image-tag-pinned"]);
    expect(ids({ all: "disabled" })).toEqual([]);
    const exemptions = [{ object: "bookinfo/reviews-v1", reason: "a trial", until: "2999-01-01" }];
    expect(ids({ "image-tag-pinned": { exemptions } })).toEqual([]);
  });

  it("reads what became of an object, for rules about several", () => {
    const found = (outputs: unknown) =>
      judge([routedSubsetExists], {}, [declared(routes), { ...declared(versions), outputs }]).found.length;
    expect(found({})).toBe(1);
    expect(found({ ...versions.props, spec: { host: "reviews", subsets: [{ name: "v9" }] } })).toBe(0);
  });

  it("says which rules met what is not known, or failed", () => {
    const hidden = { ...declared(deployment), inputs: { spec: UNKNOWN } };
    const fails: ObjectRule = {
      ...imageTagPinned,
      id: "fails",
      check() {
        throw new Error("no");
      },
    };
    expect(judge([imageTagPinned], {}, [hidden]).undecided).toEqual(new Set(["image-tag-pinned"]));
    expect(judge([fails], {}, [declared(deployment)])).toEqual({ found: [], undecided: new Set(["fails"]) });
  });
});
