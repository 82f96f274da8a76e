import { covers } from "../../../istio/hosts.ts";
import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { Finding } from "../../engine/rule.ts";
import { isIpAddress } from "../../../istio/addresses.ts";
import { isOutboundSni, wildcardHostProblem } from "../../values/hosts.ts";
import { lacksItems, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { isForGatewaysOnly } from "./lib/virtualService.ts";

export const tlsRoutes = rejected({
  id: "tls-routes",
  title: "A TLS route matches hosts of its VirtualService, and TLS and TCP routes have a destination.",
  remediation:
    "Add a match to each TLS route with sniHosts that are in spec.hosts, and add a destination to each TLS and TCP route.",
  kinds: ["VirtualService"],

  *check(object) {
    const { spec } = object;
    for (const protocol of ["tls", "tcp"]) {
      for (const route of places(spec, `${protocol}[]`)) {
        const destinations = route.at("route");
        if (lacksItems(destinations)) yield at(destinations, "add a destination");
        const matches = route.at("match");
        if (protocol === "tls" && lacksItems(matches)) yield at(matches, "set the sniHosts that the route matches");
      }
    }
    for (const match of places(spec, "tls[].match[]")) {
      const hosts = match.at("sniHosts");
      if (lacksItems(hosts)) yield at(hosts, "add the hosts that clients request");
      for (const host of hosts.items()) yield* sniFindings(object, host);
    }
  },
});

function* sniFindings(object: MeshObject, field: Field): Generator<Finding> {
  const host = field.string();
  const gatewaysOnly = isForGatewaysOnly(object);
  if (host === undefined || isIpAddress(host) || gatewaysOnly === undefined) return;
  const isMadeUp = gatewaysOnly && host.startsWith("outbound_");
  const problem = isMadeUp ? madeUpProblem(host) : wildcardHostProblem(host);
  if (problem !== undefined) {
    yield at(field, problem);
    return;
  }
  const hosts = object.spec.at("hosts");
  const items = hosts.items();
  if (hosts.isUnknown() || items.some((item) => item.isUnknown())) return;
  if (!items.some((item) => covers(item.string() ?? "", host))) {
    yield at(field, "add the host to spec.hosts, or use a host from there: no connection for this one arrives here");
  }
}

function madeUpProblem(host: string): string | undefined {
  return isOutboundSni(host) ? undefined : "use outbound_.<port>_._.<host name>, or another host name";
}
