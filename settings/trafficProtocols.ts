import type { Path, Finding } from "../lib/schema/problems.ts";
import { mapOf, type Untrusted } from "../lib/untrusted.ts";
import { layerOf, speaksNoHttp, type StackService } from "./stackServices.ts";
import {
  destinationsOf,
  isInsideOnly,
  policiesOf,
  routedServices,
  type StackTraffic,
  type TrafficHost,
} from "./trafficHosts.ts";

/** The routes that Istio reads for a port, by what it knows of the connections. */
const ROUTES_OF = { HTTP: "routes", TLS: "tlsRoutes", TCP: "tcpRoutes" } as const;

/** Rules about what the services of the stack speak: each kind of rules has an effect on some protocols only. */
export function* trafficProtocols(traffic: StackTraffic): Iterable<Finding> {
  for (const host of traffic.hosts) {
    yield* routes(traffic, host);
    yield* httpDestinations(traffic, host);
    if (host.service === undefined) continue;
    yield* httpOnly(host, host.service);
    yield* openToHttp(host, host.service);
  }
}

/** At a Gateway, its own port decides: those of the stack speak HTTP, of others nothing is known. */
function* routes(traffic: StackTraffic, host: TrafficHost): Iterable<Finding> {
  const services = routedServices(traffic, host);
  const isKnown = host.gateways.every((gateway) => gateway === "mesh" || traffic.gateways.has(gateway));
  if (services === undefined || !isKnown) return;
  const layers = new Set(services.map(layerOf));
  for (const layer of ["HTTP", "TLS", "TCP"] as const) {
    const kind = ROUTES_OF[layer];
    if (host.args[kind] === undefined || layers.has(layer)) continue;
    if (layer === "HTTP" && !isInsideOnly(host)) continue;
    const meant = [...layers].map((each) => ROUTES_OF[each]).join(" and ");
    const reason = `has no effect on a port whose protocol is ${protocolsOf(services)}: write ${meant} instead`;
    yield { path: [...host.path, kind], reason };
  }
}

const protocolsOf = (services: readonly StackService[]) =>
  [...new Set(services.map(({ protocol }) => protocol))].join(" and ");

function* httpDestinations({ services }: StackTraffic, host: TrafficHost): Iterable<Finding> {
  for (const { path, host: named, isHttp } of destinationsOf(host)) {
    const service = named === undefined || !isHttp ? undefined : services.find(named, host.namespace);
    if (service === undefined || !speaksNoHttp(service) || service === host.service) continue;
    yield { path: [...path, "host"], reason: `does not understand HTTP: its protocol is ${service.protocol}` };
  }
}

/** What a proxy does with requests, it does not do with connections in which it sees none. */
function* httpOnly(host: TrafficHost, service: StackService): Iterable<Finding> {
  if (layerOf(service) === "HTTP") return;
  const without = `has no effect on a port whose protocol is ${service.protocol}, in which the proxy sees no requests`;
  if (host.args.rateLimit !== undefined) {
    yield { path: [...host.path, "rateLimit"], reason: `${without}: leave it out` };
  }
  if (!isInsideOnly(host)) return;
  for (const { path, policy } of policiesOf(host)) {
    for (const [place, instead] of httpPolicies(policy)) {
      yield { path: [...path, ...place], reason: `${without}: ${instead}` };
    }
  }
}

function* httpPolicies(policy: Untrusted): Iterable<[path: Path, instead: string]> {
  const { http } = mapOf(policy.connectionPool);
  // How many may wait for a connection counts for connections as well.
  if (Object.keys(mapOf(http)).some((key) => key !== "http1MaxPendingRequests")) {
    yield [["connectionPool", "http"], "use connectionPool.tcp, or http1MaxPendingRequests alone"];
  }
  const { consistentHash } = mapOf(policy.loadBalancer);
  for (const key of ["httpHeaderName", "httpCookie", "httpQueryParameterName"]) {
    if (mapOf(consistentHash)[key] === undefined) continue;
    yield [["loadBalancer", "consistentHash", key], "use useSourceIp"];
  }
}

function* openToHttp({ path, args }: TrafficHost, service: StackService): Iterable<Finding> {
  if (!speaksNoHttp(service)) return;
  for (const way of ["exposure", "ingress"]) {
    if (args[way] === undefined) continue;
    const reason = `opens the service for HTTP, which it does not understand: its protocol is ${service.protocol}; leave it out`;
    yield { path: [...path, way], reason };
  }
}
