import { describe, expect, it } from "vitest";
import { scenarios } from "../../scenarios/index.ts";
import { scenarioOf } from "../../scenarios/scenarioOf.ts";
import { scenarioFiles } from "../../tools/generate/indexes.ts";
import { parseSettings } from "../../settings/parse.ts";
import { hasSamples, sample } from "../charts.ts";
import { declared, istioObjects } from "../components/traffic/declared.ts";

describe("scenarios", () => {
  it("are in a file of their name each", () => {
    expect(scenarios.map(({ id }) => id)).toEqual(scenarioFiles());
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))("%s is told in a line", (_id, scenario) => {
    expect(scenario.description).toMatch(/^\S.{10,110}[^.]$/);
    expect(scenario.task).toMatch(/^https:\/\/istio\.io\/latest\/docs\/\S+$/);
    expect(scenario.traffic).toBeDefined();
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    "%s could stand in a stack file",
    (_id, { traffic }) => {
      expect(parseSettings({ traffic: JSON.parse(JSON.stringify(traffic)) as unknown })).not.toHaveProperty("problems");
    },
  );

  it("are found by their names, and nothing else is", () => {
    expect(scenarioOf("reviews-80-20")?.id).toBe("reviews-80-20");
    expect(scenarioOf("reviews-80-30")).toBeUndefined();
  });
});

/** A VirtualService without what makes no difference: a weight of 100, and routes behind one that takes everything. */
function normal(spec: unknown): unknown {
  const { http = [] } = spec as { http?: { match?: unknown }[] };
  const last = http.findIndex(({ match }) => match === undefined);
  const text = JSON.stringify({ ...(spec as object), http: http.slice(0, last + 1) }, (_key, value: unknown) => {
    if (Array.isArray(value) && value.length === 1) {
      const [{ weight, ...only }] = value as [{ weight?: number }];
      if (weight === 100) return [only];
    }
    return value;
  });
  return JSON.parse(text);
}

describe.skipIf(!hasSamples)("what Istio's samples do", () => {
  it.each([
    ["all-v1", "virtual-service-all-v1", ["productpage", "reviews", "ratings", "details"]],
    ["reviews-jason-v2", "virtual-service-reviews-test-v2", ["reviews"]],
    ["reviews-50-v3", "virtual-service-reviews-50-v3", ["reviews"]],
    ["reviews-80-20", "virtual-service-reviews-80-20", ["reviews"]],
    ["reviews-90-10", "virtual-service-reviews-90-10", ["reviews"]],
    ["reviews-v3", "virtual-service-reviews-v3", ["reviews"]],
    ["ratings-delay", "virtual-service-ratings-test-delay", ["ratings"]],
    ["ratings-abort", "virtual-service-ratings-test-abort", ["ratings"]],
    ["details-abort", "fault-injection-details-v1", ["details"]],
  ])("does the scenario %s too", async (id, file, hosts) => {
    const ours = istioObjects(await declared(scenarioOf(id)?.traffic ?? {}));
    const theirs = sample(`bookinfo/networking/${file}.yaml`);
    for (const host of hosts) {
      const sampled = theirs.find(({ metadata }) => metadata.name === host);
      const own = ours.find(({ kind, metadata }) => kind === "VirtualService" && metadata.name === `${host}-routes`);
      expect(normal(own?.spec), host).toEqual(normal(sampled?.spec));
    }
  });
});
