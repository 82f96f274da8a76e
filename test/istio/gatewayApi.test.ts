import { describe, expect, it } from "vitest";
import { breaks, isRunnable } from "../../istio/celRules.ts";
import { gatewayApiDefinition } from "../../istio/gatewayApi.ts";
import { gatewayApiKinds } from "../../istio/kinds.ts";
import type { Shape } from "../../istio/shape.ts";

function* rulesIn(shape: Shape): Generator<string> {
  for (const { rule } of shape.rules ?? []) yield rule;
  if (shape.is === "list" || shape.is === "map") yield* rulesIn(shape.of);
  if (shape.is === "fields") for (const field of Object.values(shape.fields)) yield* rulesIn(field);
}

const definitions = gatewayApiKinds.flatMap((kind) => gatewayApiDefinition(kind) ?? []);
const rules = new Set(definitions.flatMap(({ specs }) => Object.values(specs).flatMap((spec) => [...rulesIn(spec)])));

describe("the definitions of the Gateway API", () => {
  it("are there for each kind but those of the inference extension and of an older release", () => {
    expect(gatewayApiKinds.filter((kind) => gatewayApiDefinition(kind) === undefined)).toEqual(["XListenerSet"]);
  });

  it("have rules in CEL, all of which run here", () => {
    expect(rules.size).toBeGreaterThan(80);
    expect([...rules].filter((rule) => !isRunnable(rule))).toEqual([]);
  });
});

describe("a rule in CEL", () => {
  it.each([
    ["self.all(h, !isIP(h))", ["a.example.com"], false],
    ["self.all(h, !isIP(h))", ["10.0.0.1"], true],
    ["self.size() < 2", ["a", "b"], true],
    ["self.port == 80.0", { port: 80 }, false],
    ["a function that nobody has", {}, false],
    ["self.missing == 1", {}, false],
  ])("%s of %j", (rule, self, broken) => {
    expect(breaks(rule, self)).toBe(broken);
  });

  it("is left out where it cannot run", () => {
    expect(isRunnable("self.(")).toBe(false);
  });
});
