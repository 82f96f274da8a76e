import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gatewayValues, gatewayTypes, type GatewayArgs } from "../../../components/istio/gatewayValues.ts";
import { istiodValues, mergeValues } from "../../../components/istio/values.ts";
import { profiles } from "../../../components/profile.ts";
import { settingsProblems } from "../../../settings/parse.ts";

const gateway: GatewayArgs = { name: "istio-ingressgateway", type: "LoadBalancer", inbound: true, profile: "demo" };

describe("merged values", () => {
  it.each([
    ["keys of maps side by side", [{ a: { b: 1 } }, { a: { c: 2 } }], { a: { b: 1, c: 2 } }],
    ["the later of two values", [{ a: 1, b: 1 }, { a: 2 }], { a: 2, b: 1 }],
    ["the later of two lists, whole", [{ a: [1, 2] }, { a: [3] }], { a: [3] }],
    ["a value in the place of a map", [{ a: { b: 1 } }, { a: null }], { a: null }],
    ["a map in the place of a value", [{ a: 1 }, { a: { b: 1 } }], { a: { b: 1 } }],
  ])("have %s", (_what, layers, merged) => {
    expect(mergeValues(...layers)).toEqual(merged);
  });

  it("leave what they were made of as it was", () => {
    const values = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(values, values, (below, above) => {
        const before = JSON.stringify([below, above]);
        expect(mergeValues(mergeValues(below, above), above)).toEqual(mergeValues(below, above));
        expect(JSON.stringify([below, above])).toBe(before);
      }),
    );
  });
});

describe("the values of istiod", () => {
  it("let its webhooks fail from the start", () => {
    for (const profile of profiles) {
      expect(istiodValues({ profile, images: {} })).toMatchObject({ base: { validationFailurePolicy: "Fail" } });
    }
  });

  it("say nothing that the profile says", () => {
    expect(istiodValues({ profile: "demo", images: {}, accessLog: true, sampling: 100 })).toEqual(
      istiodValues({ profile: "demo", images: {} }),
    );
    expect(istiodValues({ profile: "production", images: {}, accessLog: false, sampling: 1 })).toEqual(
      istiodValues({ profile: "production", images: {} }),
    );
  });

  it("let pods with IPv6 reach what has IPv4 alone, as nodes on EKS translate it", () => {
    const istiod = (ipFamily: "ipv4" | "ipv6") => istiodValues({ profile: "demo", images: {}, ipFamily });
    expect(istiod("ipv6")).toEqual({
      ...istiod("ipv4"),
      env: { ISTIO_ENABLE_IPV4_OUTBOUND_LISTENER_FOR_IPV6_CLUSTERS: "true" },
    });
    expect(istiod("ipv4")).toEqual(istiodValues({ profile: "demo", images: {} }));
  });
});

describe("the values of a gateway", () => {
  // Other names the settings refuse before.
  const annotation = fc.stringMatching(/^([a-z]{1,8}\.[a-z]{2,3}\/)?[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/);
  const args = fc.record<GatewayArgs>(
    {
      name: fc.constantFrom("istio-ingressgateway", "istio-egressgateway"),
      type: fc.constantFrom(...gatewayTypes),
      inbound: fc.boolean(),
      profile: fc.constantFrom(...profiles),
      replicas: fc.integer({ min: 1, max: 100 }),
      autoscaling: fc.record({ min: fc.integer({ min: 1, max: 5 }), max: fc.integer({ min: 5, max: 9 }) }),
      nodePorts: fc.record({ http: fc.constant(30080), https: fc.constant(30443) }, { requiredKeys: [] }),
      annotations: fc.dictionary(annotation, fc.string()),
      pullPolicy: fc.constantFrom("Always", "IfNotPresent", "Never"),
    },
    { requiredKeys: ["name", "type", "inbound", "profile"] },
  );

  it("are such as the schema of its chart takes", () => {
    fc.assert(
      fc.property(args, (gatewayArgs) => {
        const egressGateway = gatewayValues(gatewayArgs);
        // As the egress gateway's, since the ingress gateway has a setting of its own for the type.
        expect(settingsProblems({ "mesh:istio": { values: { egressGateway } } })).toEqual([]);
      }),
    );
  });

  it.each([
    ["demo", {}, { autoscaling: { enabled: false } }],
    ["demo", { replicas: 3 }, { autoscaling: { enabled: false }, replicaCount: 3 }],
    ["demo", { autoscaling: { min: 1, max: 3 } }, { autoscaling: { minReplicas: 1, maxReplicas: 3 } }],
    ["production", {}, { autoscaling: { minReplicas: 2, maxReplicas: 10 } }],
    ["production", { replicas: 4 }, { autoscaling: { enabled: false }, replicaCount: 4 }],
  ] as const)("in %s scale by %j", (profile, scale, values) => {
    expect(gatewayValues({ ...gateway, profile, ...scale })).toMatchObject(values);
  });

  it.each(profiles)("in %s keep port 80, whatever else is asked for", (profile) => {
    const { service } = gatewayValues({ ...gateway, profile, type: "NodePort", nodePorts: { http: 30080 } }) as {
      service: { ports: { name: string; port: number; nodePort?: number }[] };
    };
    expect(service.ports.filter(({ port }) => port === 80)).toMatchObject([{ name: "http2", nodePort: 30080 }]);
    expect(service.ports.find(({ port }) => port === 443)).not.toHaveProperty("nodePort");
  });
});
