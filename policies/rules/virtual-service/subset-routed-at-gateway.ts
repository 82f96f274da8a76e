import { destinationsOf } from "../../model/routes.ts";
import { groupedBy } from "../../model/groups.ts";
import { qualified } from "../../../istio/hosts.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { declaresServices } from "../../model/istioctl/declared.ts";

export const subsetRoutedAtGateway: MeshRule = {
  id: "subset-routed-at-gateway",
  title: "A route at a gateway names a subset if other routes for the same host do.",
  rationale: "A gateway does not use the VirtualService of the host that it routes to, so requests reach all versions.",
  remediation: "Name the subset in this destination too, or add the gateway to the VirtualService of the host.",
  severity: "medium",
  codes: ["IST0140"],
  sources: ["istio/pkg/config/analysis/analyzers/virtualservice/destinationhosts.go"],

  *checkMesh(mesh) {
    if (!declaresServices(mesh)) return;
    const choosing = mesh.derive(choosersByHost);
    for (const object of mesh.all("VirtualService")) {
      const { namespace, spec } = object;
      const gateways = spec.at("gateways");
      if (namespace === undefined || gateways.isUnknown() || gateways.items().length === 0) continue;
      for (const destination of destinationsOf(spec.at("http").items())) {
        const subset = destination.at("subset");
        const host = destination.at("host").string();
        if (host === undefined || subset.isUnknown() || (subset.string() ?? "") !== "") continue;
        const choosers = choosing.get(asWritten(host, namespace)) ?? [];
        if (choosers.some((chooser) => chooser !== object)) {
          const message = "name the subset here too, or bind the VirtualService of this host to the gateway";
          yield { object, path: subset.path, message };
        }
      }
    }
  },
};

/** Istioctl takes two spellings of a host for two hosts; so does this, of one namespace's as of another's. */
const asWritten = (host: string, namespace: string) => `${host} ${qualified(host, namespace)}`;

/** The VirtualServices that choose a subset for one of their own hosts, by that host. */
function choosersByHost(mesh: Mesh): ReadonlyMap<string, MeshObject[]> {
  const choices = mesh.all("VirtualService").flatMap((object) => {
    const { namespace, spec } = object;
    if (namespace === undefined) return [];
    const hosts = new Set(spec.at("hosts").strings());
    const chosen = destinationsOf(spec.at("http").items()).flatMap((destination) => {
      const host = destination.at("host").string();
      const isChosen = (destination.at("subset").string() ?? "") !== "";
      return host !== undefined && isChosen && hosts.has(host) ? [asWritten(host, namespace)] : [];
    });
    return [...new Set(chosen)].map((host) => ({ object, host }));
  });
  const groups = groupedBy(choices, ({ host }) => host);
  return new Map([...groups].map(([host, some]) => [host, some.map(({ object }) => object)]));
}
