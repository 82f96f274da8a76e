// What test/e2e/simulator.test.ts has real proxies confirm, written down: a change of it shows without a cluster.
import { describe, expect, it } from "vitest";
import { simulate } from "../../../istio/routing/simulate.ts";
import type { World } from "../../../istio/routing/world.ts";
import { outcomeText } from "../../../report/words.ts";
import { asked } from "../../e2e/simulator/ask.ts";
import { cases } from "../../e2e/simulator/cases.ts";
import { gatewayCase } from "../../e2e/simulator/gatewayCase.ts";
import { securityCases } from "../../e2e/simulator/securityCases.ts";
import { ground, HOME, service } from "../../e2e/simulator/ground.ts";
import { told } from "../../e2e/simulator/judge.ts";
import { ruleSets } from "../../e2e/simulator/ruleSets.ts";
import { worldOfObjects } from "./worldOf.ts";

const gateway = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "istio-ingressgateway", namespace: "istio-ingress" },
  spec: {
    template: {
      metadata: { labels: { istio: "ingressgateway", "sidecar.istio.io/inject": "true" } },
      spec: { containers: [{ name: "istio-proxy" }] },
    },
  },
};

const world = (objects: readonly object[]): World =>
  worldOfObjects([...ground("image"), gateway, service("plain"), ...objects]);

describe("the simulator", () => {
  it("says of objects that meet what the proxies did", async () => {
    const mesh = world([...cases, ...securityCases, gatewayCase].flatMap(({ objects }) => objects));
    const door = mesh.workloads.find(({ isGateway }) => isGateway);
    const lines = [...cases, ...securityCases, gatewayCase].flatMap((one) => [
      `# ${one.about}`,
      ...one.asks.map((ask) => {
        const { request } = asked(mesh, ask, one === gatewayCase ? door : undefined);
        return `${told(ask.from ?? HOME, request)} => ${outcomeText(simulate(mesh, request))}`;
      }),
    ]);
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("simulated/cases.txt");
  });

  it("says of random sets of routes what the proxies did", async () => {
    const sets = ruleSets(50, 1);
    const mesh = world(sets.flatMap(({ objects }) => objects));
    const lines = sets.flatMap(({ name }) =>
      ["/", "/a/b?view=new", "/a/1"].map((path) => {
        const ask = { url: `http://${name}:8080${path}`, headers: { "x-user": "jason" } };
        const { request } = asked(mesh, ask);
        return `${told(HOME, request)} => ${outcomeText(simulate(mesh, request))}`;
      }),
    );
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("simulated/rule-sets.txt");
  });

  it("has shares that come to one, whatever is asked", () => {
    const sets = ruleSets(30, 7);
    const mesh = world(sets.flatMap(({ objects }) => objects));
    for (const { name } of sets) {
      const { request } = asked(mesh, { url: `http://${name}:8080/a`, headers: { "x-user": "jane" } });
      const sum = simulate(mesh, request).results.reduce((total, { share }) => total + share, 0);
      expect(sum, name).toBeCloseTo(1, 9);
    }
  });
});
