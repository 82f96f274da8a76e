import { put } from "../../model/groups.ts";
import type { Field } from "../../model/field.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readHosts, type ReadHost } from "../../model/kiali/hosts.ts";
import { routesOf, sharesOf } from "../../model/routes.ts";

export const routeDestinationsDiffer: MeshRule = {
  id: "route-destinations-differ",
  title: "The destinations of a route are different hosts or subsets.",
  rationale: "The weights of duplicate destinations add up, so the actual split differs from the written one.",
  remediation: "List each host and subset once, with its total weight.",
  severity: "medium",
  codes: ["KIA1105"],
  sources: ["kiali/business/checkers/virtualservices/route_checker.go"],

  *checkMesh(mesh) {
    const read = mesh.derive(readHosts);
    for (const object of mesh.all("VirtualService")) {
      const { namespace } = object;
      if (namespace === undefined) continue;
      for (const target of routesOf(object).flatMap((route) => repeated(sharesOf(route), read, namespace))) {
        yield {
          object,
          path: target.at("destination", "host").path,
          message: "list each host and subset once, with its total weight",
        };
      }
    }
  },
};

/** The targets of one route whose destination another one has too. */
function repeated(targets: readonly Field[], read: ReadHost, namespace: string): Field[] {
  const byDestination = new Map<string, Field[]>();
  for (const target of targets) {
    const host = target.at("destination", "host").string();
    const subset = target.at("destination", "subset");
    if (host === undefined || subset.isUnknown()) continue;
    put(byDestination, `${read(host, namespace).name} ${subset.string() ?? ""}`, target);
  }
  return [...byDestination.values()].flatMap((group) => (group.length > 1 ? group : []));
}
