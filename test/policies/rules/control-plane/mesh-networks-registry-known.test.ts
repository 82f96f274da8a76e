import { describe, expect, it } from "vitest";
import { Mesh } from "../../../../policies/model/mesh.ts";
import { meshNetworksRegistryKnown } from "../../../../policies/rules/control-plane/mesh-networks-registry-known.ts";
import { meshObject, tokenOf, unknown } from "../../judge.ts";
import { anObject, having, type Described } from "../../istioctlObjects.ts";

const networks = (fromRegistry: string) => ({
  networks: { one: { endpoints: [{ fromCidr: "10.0.0.0/8" }, { fromRegistry }] } },
});
const secret = (labels: unknown, data: unknown): Described =>
  having(anObject("Secret", "remote", {}, "istio-system"), { labels }, { data });
const remote = secret({ "istio/multiCluster": "true" }, { west: "" });

function found(fromRegistry: string, secrets: readonly Described[], open = false): string[] {
  const objects = secrets.map((one, index) => meshObject(tokenOf(one), String(index), one));
  const mesh = new Mesh(objects, { networks: networks(fromRegistry), open });
  return [...meshNetworksRegistryKnown.checkMesh(mesh)].map(({ object, path }) => `${object.kind} ${path}`);
}

describe("mesh-networks-registry-known", () => {
  it.each<[what: string, registry: string, secrets: Described[], open?: boolean]>([
    ["the cluster itself", "Kubernetes", []],
    ["a cluster that a Secret is for", "west", [remote]],
    ["a cluster that others may have told istiod of", "east", [], true],
    ["what can not be known yet", "east", [secret({ "istio/multiCluster": "true" }, unknown.object)]],
    ["a Secret that may be for it", "east", [secret(unknown.object, { east: "" })]],
  ])("accepts %s", (_what, registry, secrets, open) => {
    expect(found(registry, secrets, open)).toEqual([]);
  });

  it.each<[what: string, registry: string, secrets: Described[], open?: boolean]>([
    ["a cluster that no Secret is for", "east", [remote]],
    ["a cluster that no Secret of a stack is for", "east", [remote], true],
    ["another Secret", "west", [secret({}, { west: "" })]],
    ["another spelling", "kubernetes", []],
  ])("refuses %s", (_what, registry, secrets, open) => {
    expect(found(registry, secrets, open)).toEqual(["MeshNetworks networks.one.endpoints[1].fromRegistry"]);
  });
});
