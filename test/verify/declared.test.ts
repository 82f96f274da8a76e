import { describe, expect, it } from "vitest";
import { declaredIn } from "../../verify/declared.ts";

const object = (kind: string) => ({ kind, metadata: { name: "a", namespace: "b" }, spec: {} });

describe("what a stack declares", () => {
  it("is read from its state by type", () => {
    const declared = declaredIn([
      { type: "kubernetes:networking.istio.io/v1:VirtualService", inputs: object("VirtualService") },
      { type: "kubernetes:security.istio.io/v1:PeerAuthentication", inputs: object("PeerAuthentication") },
      { type: "kubernetes:core/v1:Service", inputs: object("Service") },
      { type: "mesh:traffic:HostTraffic" },
    ]);
    expect(declared.virtualServices).toHaveLength(1);
    expect(declared.peerAuthentications).toHaveLength(1);
    expect(declared.services).toHaveLength(1);
    expect(declared.destinationRules).toEqual([]);
    expect(declared.registryOnly).toBe(false);
  });

  it("includes objects about traffic that no check reads, and no others", () => {
    const types = ["networking.k8s.io/v1:Ingress", "security.istio.io/v1:RequestAuthentication", "apps/v1:Deployment"];
    const { others } = declaredIn(
      types.map((type) => ({ type: `kubernetes:${type}`, inputs: object(type.split(":")[1] ?? "") })),
    );
    expect(others.map(({ kind }) => kind)).toEqual(["Ingress", "RequestAuthentication"]);
  });

  it("does not include what has been replaced", () => {
    const inputs = object("VirtualService");
    const type = "kubernetes:networking.istio.io/v1:VirtualService";
    expect(declaredIn([{ type, inputs, delete: true }]).virtualServices).toEqual([]);
  });

  it("leaves out what the stack only looks at, such as the gateway's Service", () => {
    const inputs = { apiVersion: "v1", kind: "Service", metadata: { name: "istio-ingressgateway" } };
    const service = { type: "kubernetes:core/v1:Service", inputs };
    expect(declaredIn([{ ...service, external: true }]).services).toEqual([]);
    expect(declaredIn([{ ...service, external: false }]).services).toEqual([inputs]);
  });

  it("says whether hosts outside have to be declared", () => {
    const values = { meshConfig: { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } } };
    expect(declaredIn([{ type: "kubernetes:helm.sh/v3:Release", inputs: { values } }]).registryOnly).toBe(true);
  });
});
