import { describe, expect, it } from "vitest";
import { scenarios } from "../../../scenarios/index.ts";
import { hasIstioctl } from "../../charts.ts";
import { validate } from "../../istioctl.ts";
import { declared, istioObjects } from "./declared.ts";
import { fullHosts } from "./fixtures.ts";

describe.skipIf(!hasIstioctl)("Istio's own validation", () => {
  it.each(Object.entries(fullHosts))("has nothing against all arguments at once: %s", async (name, rules) => {
    const objects = istioObjects(await declared({ [name]: rules }));
    expect(objects.length).toBeGreaterThan(0);
    expect(validate(objects)).toBe("");
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    "has nothing against the scenario %s",
    async (_id, { traffic = {} }) => {
      expect(validate(istioObjects(await declared(traffic)))).toBe("");
    },
  );

  it("would have something against what is wrong", async () => {
    const [routes] = istioObjects(await declared({ ratings: { routes: [{}] } }));
    if (!routes) throw new Error("nothing is declared");
    const broken = { ...routes, spec: { hosts: ["ratings"], http: [{ fault: {}, route: [] }] } };
    expect(validate([broken])).toContain("HTTP route");
  });
});
