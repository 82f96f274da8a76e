// What `mesh:traffic` says, as the rules about it and the rest of the stack look at it.
import { ISTIO_NAMESPACE } from "../components/istio/namespace.ts";
import { gatewayName } from "../components/traffic/gateway/gatewayOptions.ts";
import { ROUTES } from "../components/traffic/routing/routing.ts";
import { qualifiedGateway } from "../istio/gateways.ts";
import type { Path } from "../lib/schema/problems.ts";
import type { Draft } from "./draft.ts";
import { mapOf, listOf, textOf, type Untrusted } from "../lib/untrusted.ts";
import { serviceKey, stackServices, type StackService, type StackServices } from "./stackServices.ts";

/** What is said of one host. */
export interface TrafficHost {
  readonly name: string;
  readonly path: Path;
  readonly args: Untrusted;
  /** The host as clients call it. */
  readonly host: string;
  readonly namespace: string;
  /** Nothing for a host outside, and for a service that somebody else runs. */
  readonly service: StackService | undefined;
  /** Where its routes hold: `mesh`, and Gateways as `<namespace>/<name>`. */
  readonly gateways: readonly string[];
}

/** A Gateway of the stack: its pods are in the namespace of Istio, and it speaks HTTP. */
export interface StackGateway {
  /** Ports that its servers have. */
  readonly ports: readonly number[];
}

export interface StackTraffic {
  readonly services: StackServices;
  /** The hosts of the stack file. */
  readonly hosts: readonly TrafficHost[];
  /** The hosts of the scenario of which the stack file says nothing. */
  readonly ofScenario: readonly TrafficHost[];
  /** All of them, by `serviceKey`. */
  readonly known: ReadonlyMap<string, TrafficHost>;
  /** By `<namespace>/<name>`. */
  readonly gateways: ReadonlyMap<string, StackGateway>;
}

/** Reads what the stack file says of traffic. */
export function stackTraffic(draft: Draft): StackTraffic {
  const services = stackServices(draft);
  const { home } = draft;
  const own = draft.section("traffic");
  const scenario = Object.entries(mapOf(draft.scenario?.traffic));
  const read = (all: readonly [string, unknown][]) =>
    all.map(([name, args]) => hostOf(name, mapOf(args), home, services));
  const hosts = read(Object.entries(own));
  const ofScenario = read(scenario.filter(([name]) => !Object.hasOwn(own, name)));
  const all = [...ofScenario, ...hosts];
  return {
    services,
    hosts,
    ofScenario,
    known: new Map(all.map((each) => [serviceKey(each.host, each.namespace), each])),
    gateways: new Map([...applicationGateways(draft), ...all.flatMap((each) => [...hostGateways(each)])]),
  };
}

function hostOf(name: string, args: Untrusted, home: string | undefined, services: StackServices): TrafficHost {
  const host = textOf(args.host) ?? name;
  const namespace = textOf(args.namespace) ?? home ?? "";
  const named = args.gateways === undefined ? ["mesh"] : listOf(args.gateways).flatMap((each) => textOf(each) ?? []);
  const opened = args.exposure === undefined ? [] : [gatewayName(name)];
  return {
    name,
    path: ["traffic", name],
    args,
    host,
    namespace,
    service: services.find(host, namespace),
    gateways: [...named, ...opened].map((each) => qualifiedGateway(each, namespace)),
  };
}

function* applicationGateways(draft: Draft): Iterable<[string, StackGateway]> {
  const ports = (tls: unknown) => (tls === undefined ? [80] : [80, 443]);
  const { tls } = draft.section("bookinfo");
  if (draft.home !== undefined) yield [`${draft.home}/bookinfo-gateway`, { ports: ports(tls) }];
  for (const [name, application] of Object.entries(draft.section("applications"))) {
    const { namespace, exposure } = mapOf(application);
    if (exposure === undefined) continue;
    yield [`${textOf(namespace) ?? name}/${name}-gateway`, { ports: ports(mapOf(exposure).tls) }];
  }
  if (draft.section("observability").exposure === undefined) return;
  yield [`${ISTIO_NAMESPACE}/addons-gateway`, { ports: [80, 443] }];
}

function* hostGateways({ name, args, namespace }: TrafficHost): Iterable<[string, StackGateway]> {
  if (args.exposure === undefined) return;
  const { tls, httpsRedirect } = mapOf(args.exposure);
  const ports = [...(tls === undefined || httpsRedirect !== false ? [80] : []), ...(tls === undefined ? [] : [443])];
  yield [`${namespace}/${gatewayName(name)}`, { ports }];
}

/** Where a route sends requests, or copies of them. */
export interface Destination {
  readonly path: Path;
  /** @default - the host itself */
  readonly host: string | undefined;
  readonly subset: string | undefined;
  /** Where the subset is named. */
  readonly subsetPath: Path;
  readonly port: unknown;
  /** Whether any requests go there. */
  readonly isUsed: boolean;
  readonly isMirror: boolean;
  readonly isHttp: boolean;
}

/** Every destination of a host's routes, with its path from the top. */
export function* destinationsOf({ path, args }: TrafficHost): Iterable<Destination> {
  for (const kind of ROUTES) {
    for (const [index, route] of listOf(args[kind]).entries()) {
      const { to, mirrors } = mapOf(route);
      const place = [...path, kind, index];
      const isHttp = kind === "routes";
      for (const [name, weight] of Object.entries(mapOf(to))) {
        const subsetPath = [...place, "to", name];
        const target = { host: undefined, subset: name, port: undefined };
        yield { ...target, path: subsetPath, subsetPath, isUsed: isShare(weight), isMirror: false, isHttp };
      }
      for (const [number, each] of listOf(to).entries()) {
        yield { ...listed([...place, "to", number], mapOf(each), "weight"), isMirror: false, isHttp };
      }
      for (const [number, each] of listOf(mirrors).entries()) {
        yield { ...listed([...place, "mirrors", number], mapOf(each), "percentage"), isMirror: true, isHttp };
      }
    }
  }
}

const isShare = (value: unknown) => typeof value === "number" && value > 0;

function listed(path: Path, args: Untrusted, share: "weight" | "percentage") {
  const { host, subset, port, [share]: part = 100 } = args;
  const subsetPath = [...path, "subset"];
  return { path, host: textOf(host), subset: textOf(subset), subsetPath, port, isUsed: isShare(part) };
}

/** Every traffic policy of a host, with its path: the service's, each subset's, and those for a port. */
export function* policiesOf({
  path,
  args,
}: TrafficHost): Iterable<{ readonly path: Path; readonly policy: Untrusted }> {
  const whole = [
    { path: [...path, "trafficPolicy"], policy: mapOf(args.trafficPolicy) },
    ...Object.entries(mapOf(args.subsets)).map(([name, subset]) => ({
      path: [...path, "subsets", name, "trafficPolicy"],
      policy: mapOf(mapOf(subset).trafficPolicy),
    })),
  ];
  for (const { path: place, policy } of whole) {
    yield { path: place, policy };
    for (const [port, each] of Object.entries(mapOf(policy.portLevelSettings))) {
      yield { path: [...place, "portLevelSettings", port], policy: mapOf(each) };
    }
  }
}

/** Whether the routes hold in sidecars alone. */
export const isInsideOnly = ({ gateways }: TrafficHost) => gateways.every((gateway) => gateway === "mesh");

/** The services of the stack that the routes are for in sidecars; nothing if one of the hosts may be somebody else's. */
export function routedServices({ services }: StackTraffic, host: TrafficHost): readonly StackService[] | undefined {
  const hosts = Array.isArray(host.args.hosts) ? listOf(host.args.hosts) : [host.host];
  const found = hosts.flatMap((each) => services.find(textOf(each) ?? "", host.namespace) ?? []);
  return found.length > 0 && found.length === hosts.length ? found : undefined;
}
