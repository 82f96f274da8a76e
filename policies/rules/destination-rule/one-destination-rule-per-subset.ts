import { put } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readHosts, wildcardsOver } from "../../model/kiali/hosts.ts";
import { mayBeWholesale } from "./lib/wholesale.ts";
import { shareClient } from "../../model/kiali/visibility.ts";

/** Stands for the subsets of a DestinationRule without any, which is about all of them. */
const ALL = "~";

/** The DestinationRules of one host by subset. */
type BySubset = Map<string, MeshObject[]>;

export const oneDestinationRulePerSubset: MeshRule = {
  id: "one-destination-rule-per-subset",
  title: "Each subset of a host is defined in one DestinationRule, and so is a host without subsets.",
  rationale: "Istio uses only the oldest one, or merges them in an order that you do not control.",
  remediation: "Put the subsets and the traffic policy of this host in one DestinationRule.",
  severity: "medium",
  codes: ["KIA0201"],
  sources: ["kiali/business/checkers/destinationrules/multi_match_checker.go"],

  *checkMesh(mesh) {
    const found = contested(mesh);
    for (const object of mesh.all("DestinationRule").filter((rule) => found.has(rule))) {
      yield {
        object,
        path: "spec.host",
        message: "put the subsets and the traffic policy of this host in one DestinationRule",
      };
    }
  },
};

function contested(mesh: Mesh): Set<MeshObject> {
  const hosts = readRules(mesh);
  const found = new Set<MeshObject>();
  for (const [host, own] of hosts) {
    collide(mesh, own, own, found);
    for (const wildcard of wildcardsOver(host)) {
      const wider = hosts.get(wildcard);
      if (wider === undefined) continue;
      collide(mesh, own, wider, found);
      collide(mesh, wider, own, found);
    }
  }
  return found;
}

function readRules(mesh: Mesh): Map<string, BySubset> {
  const read = mesh.derive(readHosts);
  const hosts = new Map<string, BySubset>();
  for (const object of mesh.all("DestinationRule")) {
    const { namespace, spec } = object;
    const name = spec.at("host").string();
    const subsets = spec.at("subsets");
    if (name === undefined || namespace === undefined || subsets.isUnknown() || mayBeWholesale(object)) continue;
    const host = read(name, namespace).name;
    const bySubset: BySubset = hosts.get(host) ?? new Map<string, MeshObject[]>();
    hosts.set(host, bySubset);
    const names = subsets.items().flatMap((subset) => subset.at("name").string() ?? []);
    for (const subset of subsets.items().length > 0 ? new Set(names) : [ALL]) put(bySubset, subset, object);
  }
  return hosts;
}

/** Adds to `found` those of one host that are about the same subsets as some of the other. */
function collide(mesh: Mesh, ones: BySubset, others: BySubset, found: Set<MeshObject>): void {
  for (const [subset, objects] of ones) {
    const rivals =
      subset === ALL ? [...others.values()].flat() : [...(others.get(subset) ?? []), ...(others.get(ALL) ?? [])];
    for (const object of objects) {
      if (found.has(object)) continue;
      if (rivals.some((rival) => rival !== object && shareClient(mesh, object, rival))) found.add(object);
    }
  }
}
