import { matchesOf } from "../components/traffic/routing/routing.ts";
import { qualifiedGateway } from "../istio/gateways.ts";
import { list } from "../lib/list.ts";
import { mapOf, listOf, textOf } from "../lib/untrusted.ts";
import type { Finding } from "../lib/schema/problems.ts";
import { serviceKey, type StackService } from "./stackServices.ts";
import { destinationsOf, policiesOf, routedServices, type StackTraffic, type TrafficHost } from "./trafficHosts.ts";

/** Rules about ports that the services of the stack have, and that what is said of their traffic names. */
export function* trafficPorts(traffic: StackTraffic): Iterable<Finding> {
  for (const host of traffic.hosts) {
    yield* matchedPorts(traffic, host);
    yield* destinationPorts(traffic, host);
    if (host.service === undefined) continue;
    yield* policyPorts(host, host.service);
    yield* ingressPort(host, host.service);
  }
}

function* matchedPorts(traffic: StackTraffic, host: TrafficHost): Iterable<Finding> {
  for (const { path, match } of matchesOf(host.args)) {
    if (typeof match.port !== "number") continue;
    const ports = portsOfRequests(traffic, host, match.gateways);
    if (ports === undefined || ports.includes(match.port)) continue;
    const reason = `is a port by which nobody calls this host, so the match never holds; ${there(ports)}`;
    yield { path: [...host.path, ...path, "port"], reason };
  }
}

/** The ports by which requests come: in sidecars the services', at a Gateway its own. Nothing if not all are known. */
function portsOfRequests(traffic: StackTraffic, host: TrafficHost, matched: unknown): readonly number[] | undefined {
  const named = listOf(matched).map((each) => qualifiedGateway(textOf(each) ?? "", host.namespace));
  const inSidecars = () => routedServices(traffic, host)?.map(({ port }) => port);
  const ports = (named.length > 0 ? named : host.gateways).map((gateway) =>
    gateway === "mesh" ? inSidecars() : traffic.gateways.get(gateway)?.ports,
  );
  return ports.includes(undefined) ? undefined : ports.flatMap((each) => each ?? []);
}

function* destinationPorts(traffic: StackTraffic, host: TrafficHost): Iterable<Finding> {
  for (const { path, host: named, port } of destinationsOf(host)) {
    // Of the own ports of a host outside, its schema speaks.
    if (typeof port !== "number" || (named === undefined && host.service === undefined)) continue;
    const ports = portsOf(traffic, named ?? host.host, host.namespace);
    if (ports === undefined || ports.includes(port)) continue;
    yield { path: [...path, "port"], reason: `is no port of the service; ${there(ports)}` };
  }
}

/** The ports of a host that the stack runs, or makes known; nothing of others. */
function portsOf(traffic: StackTraffic, host: string, namespace: string): readonly number[] | undefined {
  const service = traffic.services.find(host, namespace);
  if (service !== undefined) return [service.port];
  const entry = traffic.known.get(serviceKey(host, namespace));
  const ports = Object.values(mapOf(mapOf(entry?.args.external).ports)).map((each) => mapOf(each).number);
  return ports.length > 0 && ports.every((each) => typeof each === "number") ? ports : undefined;
}

function* policyPorts(host: TrafficHost, service: StackService): Iterable<Finding> {
  for (const { path, policy } of policiesOf(host)) {
    for (const port of Object.keys(mapOf(policy.portLevelSettings))) {
      // A key that is no port says so itself.
      if (Number(port) === service.port || !/^\d{1,5}$/.test(port)) continue;
      const reason = `is no port of the service, so the policy has no effect; ${there([service.port])}`;
      yield { path: [...path, "portLevelSettings", port], reason };
    }
  }
}

function* ingressPort({ path, args }: TrafficHost, service: StackService): Iterable<Finding> {
  const { port } = mapOf(args.ingress);
  if (typeof port !== "number" || port === service.port) return;
  yield { path: [...path, "ingress", "port"], reason: `is no port of the service; ${there([service.port])}` };
}

function there(ports: readonly number[]): string {
  const all = [...new Set(ports)].sort((one, other) => one - other).map(String);
  return `there ${all.length === 1 ? "is" : "are"} ${list(all, "and")}`;
}
