import type { Mesh } from "../../model/mesh.ts";
import { isBehindSidecar } from "../../model/peerModes.ts";
import { readKubernetesServices } from "../../model/services.ts";
import { takes, type Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { DIRECT, internetAddressesOf } from "./lib/addressConditions.ts";
import { readBehindGateways } from "./lib/behindGateways.ts";
import { isForSidecarsOf } from "./lib/sidecarPolicies.ts";

export const clientAddressAtGateway: MeshRule = {
  id: "client-address-at-gateway",
  title: "Addresses of the internet are matched at the gateway, not at the Pods behind it.",
  rationale:
    "The Pods see the gateway's address as the source of each connection, so ipBlocks never match there and notIpBlocks always do.",
  remediation: "Move the condition to an AuthorizationPolicy that selects the gateway's Pods.",
  severity: "medium",
  codes: [],

  // Istio: srcIPGenerator in pilot/pkg/security/authz/model/generator.go takes the address that the connection comes from.
  *checkMesh(mesh) {
    for (const object of mesh.all("AuthorizationPolicy")) {
      const places = internetAddressesOf(object, DIRECT);
      if (places.length === 0) continue;
      const inside = mesh.derive(readReachedThroughGateways);
      if (!inside.some((workload) => isForSidecarsOf(mesh, object, workload) === true)) continue;
      for (const { path } of places) {
        yield { object, path, message: "match it at the gateway: these Pods see the gateway's address instead" };
      }
    }
  },
};

/** The pods behind gateways to which the internet certainly has no other way. */
function readReachedThroughGateways(mesh: Mesh): readonly Workload[] {
  // Machines outside the cluster may come with any address.
  if (mesh.all("WorkloadEntry", "WorkloadGroup").length > 0) return [];
  return mesh.derive(readBehindGateways).flatMap(({ gateways, pods, port }) => {
    const others = pods.filter((workload) => !gateways.includes(workload) && isBehindSidecar(mesh, workload, port));
    return others.filter((workload) => !mayBeExposed(mesh, workload));
  });
}

/** Whether a Service may lead to the pods from outside the cluster. */
function mayBeExposed(mesh: Mesh, { namespace, labels }: Workload): boolean {
  return mesh.derive(readKubernetesServices).some((service) => {
    if (service.namespace !== undefined && service.namespace !== namespace) return false;
    const selector = service.spec.at("selector").stringMap();
    if (selector !== undefined && (selector.size === 0 || !takes(selector, labels))) return false;
    const [type, addresses] = [service.spec.at("type"), service.spec.at("externalIPs")];
    const isInside = type.isAbsent() || type.string() === "ClusterIP";
    return selector === undefined || !isInside || !addresses.isAbsent();
  });
}
