import type { Field } from "../../model/field.ts";
import { overlap } from "../../../istio/hosts.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { bindingsOf } from "./lib/bindings.ts";
import { readGateways } from "./lib/gateways.ts";

export const hostServedByGateway: MeshRule = {
  id: "host-served-by-gateway",
  title: "A Gateway serves at least one host of each VirtualService bound to it, and allows its namespace.",
  rationale: "Otherwise no server of the gateway uses the routes, and clients get 404.",
  remediation:
    "Add one of the VirtualService's hosts to a server of the Gateway that allows its namespace, or bind it to another Gateway.",
  severity: "medium",
  codes: ["IST0132"],
  sources: ["istio/pkg/config/analysis/analyzers/virtualservice/gateways.go"],

  *checkMesh(mesh) {
    const gateways = mesh.derive(readGateways);
    for (const object of mesh.all("VirtualService")) {
      const { namespace: own, spec } = object;
      if (own === undefined) continue;
      const list = spec.at("hosts");
      const hosts = list.strings();
      if (list.isUnknown() || hosts.length < list.items().length) continue;
      for (const { place, namespace, name, isInternal } of bindingsOf(object)) {
        if (isInternal || gateways.has(namespace, name) === undefined) continue;
        const gateway = gateways.find(namespace, name);
        const served = gateway ? servedHosts(gateway.spec.at("servers"), namespace, own) : [];
        if (served === undefined || hosts.some((host) => served.some((other) => overlap(host, other)))) continue;
        yield {
          object,
          path: place.path,
          message: "add one of the hosts to a server of this Gateway, or name another Gateway",
          // Where the Gateway is somewhere else, so are its servers.
          ...(gateway === undefined && { missing: true }),
        };
      }
    }
  },
};

/**
 * The hosts that the servers of a gateway serve to a namespace; nothing if one of them is not known yet. A host may have a
 * namespace before it, as in `shop/*` or `./*`, to which it is served alone.
 */
function servedHosts(servers: Field, gatewayNamespace: string, namespace: string): string[] | undefined {
  const places = servers.items().map((server) => server.at("hosts"));
  const items = places.flatMap((hosts) => hosts.items());
  if (servers.isUnknown() || [...places, ...items].some((place) => place.isUnknown())) return undefined;
  return items.flatMap((item) => {
    const text = item.string() ?? "";
    const [scope = "", ...rest] = text.split("/");
    if (rest.length === 0) return [text];
    const seer = scope === "." ? gatewayNamespace : scope;
    return seer === "*" || seer === namespace ? [rest.join("/")] : [];
  });
}
