import { qualified } from "../../../istio/hosts.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { routesOf } from "../../model/routes.ts";

export const routeKeepsAWayBack: MeshRule = {
  id: "route-keeps-a-way-back",
  title: "If a host is routed by version, its routes list every version, even with weight 0.",
  rationale:
    "Rolling back a bad release then only takes a change of weights, and nobody has to write routes in a hurry.",
  remediation: "List the version with weight 0, or remove its subset once you no longer run that version.",
  severity: "low",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    const versions = mesh.derive(readVersions);
    const routed = mesh.derive(readRouted);
    // A route that is not known yet may lead to any version.
    if (mesh.all("VirtualService").some(({ hasUnread }) => hasUnread)) return;
    for (const [host, { names, object, path }] of routed) {
      if ([...(versions.get(host) ?? [])].every((version) => names.has(version))) continue;
      yield {
        object,
        path,
        message: "list each version of this host, with weight 0 for versions that receive no requests",
      };
    }
  },
};

/** The subsets of each host, by its full name. */
function readVersions(mesh: Mesh): ReadonlyMap<string, ReadonlySet<string>> {
  const versions = new Map<string, Set<string>>();
  for (const { spec, namespace } of mesh.all("DestinationRule")) {
    const host = spec.at("host").string();
    if (host === undefined || namespace === undefined) continue;
    const full = qualified(host, namespace);
    const known = versions.get(full) ?? new Set<string>();
    versions.set(full, known);
    for (const subset of spec.at("subsets").items()) {
      const name = subset.at("name").string();
      if (name !== undefined) known.add(name);
    }
  }
  return versions;
}

interface Routed {
  readonly object: MeshObject;
  /** Of the first route to a version of the host. */
  readonly path: string;
  readonly names: Set<string>;
}

/** The versions of each host that routes name. */
function readRouted(mesh: Mesh): ReadonlyMap<string, Routed> {
  const routed = new Map<string, Routed>();
  for (const object of mesh.all("VirtualService")) {
    const { namespace } = object;
    if (namespace === undefined) continue;
    for (const route of routesOf(object)) {
      const shares = route.at("route");
      for (const share of shares.items()) {
        const subset = share.at("destination", "subset");
        const host = share.at("destination", "host").string();
        const name = subset.string();
        if (host === undefined || name === undefined) continue;
        const full = qualified(host, namespace);
        const known = routed.get(full) ?? { object, path: shares.path, names: new Set<string>() };
        routed.set(full, known);
        known.names.add(name);
      }
    }
  }
  return routed;
}
