import { meshNetworksRegistryKnown } from "../../../../policies/rules/control-plane/mesh-networks-registry-known.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown } from "../../judge.ts";
import { anObject, having, type Described } from "../../istioctlObjects.ts";

const networks = (fromRegistry: string): Described =>
  having(
    anObject("ConfigMap", "istio", {}, "istio-system"),
    {},
    {
      data: {
        mesh: "{}",
        meshNetworks: JSON.stringify({
          networks: { one: { endpoints: [{ fromCidr: "10.0.0.0/8" }, { fromRegistry }] } },
        }),
      },
    },
  );
const secret = (labels: unknown, data: unknown): Described =>
  having(anObject("Secret", "remote", {}, "istio-system"), { labels }, { data });
const remote = secret({ "istio/multiCluster": "true" }, { west: "" });
const here = "meshnetworks networks.one.endpoints[1].fromRegistry";

describeRule(meshNetworksRegistryKnown, {
  open: false,
  accepts: {
    "the cluster itself": [networks("Kubernetes")],
    "a cluster that a Secret is for": [networks("west"), remote],
  },
  refuses: {
    "a cluster that no Secret is for": [[networks("east"), remote], here],
    "another Secret": [[networks("west"), secret({}, { west: "" })], here],
    "another spelling": [[networks("kubernetes")], here],
  },
  waits: {
    "a Secret whose clusters are not known": [
      [networks("east"), secret({ "istio/multiCluster": "true" }, unknown.object)],
      "1 data",
    ],
    "a Secret that may be for it": [[networks("east"), secret(unknown.object, { east: "" })], "1 metadata.labels"],
  },
});

describeRule(meshNetworksRegistryKnown, {
  open: true,
  accepts: { "a cluster that others may have told istiod of": [networks("east")] },
  refuses: { "a cluster that no Secret of a stack is for": [[networks("east"), remote], here] },
});
