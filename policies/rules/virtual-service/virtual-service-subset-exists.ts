import { destinationsOf, routesOf } from "../../model/routes.ts";
import { put } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readHosts, wildcardsOver } from "../../model/kiali/hosts.ts";
import { imports } from "../../model/kiali/imports.ts";
import { qualified } from "../../../istio/hosts.ts";
import { readRuledHosts } from "../../model/subsets.ts";
import { isSeenFrom } from "../../model/kiali/visibility.ts";

export const virtualServiceSubsetExists: MeshRule = {
  id: "virtual-service-subset-exists",
  title: "A VirtualService routes only to subsets that a DestinationRule of the host defines for its namespace.",
  rationale: "Envoy returns 503 for every request routed to a subset that it does not know.",
  remediation: "Define the subset in a DestinationRule of this host, or route to an existing one.",
  severity: "medium",
  codes: ["KIA1107"],
  sources: ["kiali/business/checkers/virtualservices/subset_presence_checker.go"],
  // Kiali knows hosts with one dot, and follows exportTo and Sidecars.
  duplicateOf: "routed-subset-exists",

  *checkMesh(mesh) {
    const read = mesh.derive(readHosts);
    const subsets = mesh.derive(readSubsets);
    for (const object of mesh.all("VirtualService")) {
      const { namespace } = object;
      if (namespace === undefined || imports(mesh, namespace, object) !== true) continue;
      for (const destination of destinationsOf(routesOf(object))) {
        const host = destination.at("host").string();
        const subset = destination.at("subset").string();
        if (host === undefined || host === "" || subset === undefined || subset === "") continue;
        if (subsets.lacks(read(host, namespace).name, subset, namespace)) {
          yield {
            object,
            path: destination.at("subset").path,
            message: "define the subset in a DestinationRule of this host, or route to an existing one",
            missing: !mesh.derive(readRuledHosts).has(qualified(host, namespace)),
          };
        }
      }
    }
  },
};

/** Which DestinationRules define the subset of a host, by host and subset. */
function readSubsets(mesh: Mesh) {
  const read = mesh.derive(readHosts);
  const rules = new Map<string, MeshObject[]>();
  /** Hosts of which further subsets may be there; `undefined` stands for any host. */
  const open = new Set<string | undefined>();
  for (const object of mesh.all("DestinationRule")) {
    const place = object.spec.at("host");
    const { namespace } = object;
    const host = place.string();
    if (host === undefined || namespace === undefined) {
      if (place.isUnknown() || namespace === undefined) open.add(undefined);
      continue;
    }
    const { name } = read(host, namespace);
    const list = object.spec.at("subsets");
    if (list.isUnknown()) open.add(name);
    for (const subset of list.items().map((item) => item.at("name"))) {
      if (subset.isUnknown()) open.add(name);
      put(rules, `${name} ${subset.string() ?? ""}`, object);
    }
  }
  return {
    /** Whether a namespace certainly does not see the subset. */
    lacks(host: string, subset: string, namespace: string): boolean {
      if (open.has(undefined)) return false;
      for (const name of [host, ...wildcardsOver(host)]) {
        if (open.has(name)) return false;
        const defining = rules.get(`${name} ${subset}`) ?? [];
        if (defining.some((object) => isFollowed(mesh, object, namespace))) return false;
      }
      return true;
    },
  };
}

/** Whether the workloads of a namespace follow a DestinationRule, or may do so. */
function isFollowed(mesh: Mesh, object: MeshObject, namespace: string): boolean {
  return isSeenFrom(mesh, object, namespace) && imports(mesh, namespace, object) !== false;
}
