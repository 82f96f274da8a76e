import { put } from "../../model/groups.ts";
import type { Field } from "../../model/field.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readHosts, type ReadHost } from "../../model/kiali/hosts.ts";
import { routesOf, sharesOf } from "../../model/routes.ts";

export const routeDestinationsDiffer: MeshRule = {
  id: "route-destinations-differ",
  title: "The destinations of one route are different hosts or subsets.",
  rationale: "Their weights add up for the one destination, so the split is not the one that is written.",
  remediation: "Name each host and subset once, with the whole of its weight.",
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
          message: "name each host and subset once, with the whole of its weight",
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
