// What `mesh:traffic` says, as the rules about it and the rest of the stack look at it.
import { ISTIO_NAMESPACE } from "../components/istio/namespace.ts";
import { gatewayName } from "../components/traffic/gateway/gatewayOptions.ts";
import { ROUTES } from "../components/traffic/routing/routing.ts";
import type { Path } from "../lib/schema/problems.ts";
import { scenarioOf } from "../scenarios/index.ts";
import { fields, list, text, type Fields } from "./combinations.ts";
import { serviceKey, stackServices, type StackService, type StackServices } from "./stackServices.ts";

/** What is said of one host. */
export interface TrafficHost {
  readonly name: string;
  readonly path: Path;
  readonly args: Fields;
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

/** Reads what the stack file says of traffic. Sections may be wrong by themselves, so nothing is taken for granted. */
export function stackTraffic(stack: Fields): StackTraffic {
  const services = stackServices(stack);
  const home = homeOf(stack);
  const own = fields(stack.traffic);
  const scenario = Object.entries(fields(scenarioOf(text(stack.scenario) ?? "")?.traffic));
  const read = (all: readonly [string, unknown][]) =>
    all.map(([name, args]) => hostOf(name, fields(args), home, services));
  const hosts = read(Object.entries(own));
  const ofScenario = read(scenario.filter(([name]) => !Object.hasOwn(own, name)));
  const all = [...ofScenario, ...hosts];
  return {
    services,
    hosts,
    ofScenario,
    known: new Map(all.map((each) => [serviceKey(each.host, each.namespace), each])),
    gateways: new Map([...applicationGateways(stack), ...all.flatMap((each) => [...hostGateways(each)])]),
  };
}

/** The namespace of hosts that name none: Bookinfo's, if there is one. */
export function homeOf(stack: Fields): string | undefined {
  const bookinfo = fields(stack.bookinfo);
  return bookinfo.enabled === false ? undefined : (text(bookinfo.namespace) ?? "bookinfo");
}

function hostOf(name: string, args: Fields, home: string | undefined, services: StackServices): TrafficHost {
  const host = text(args.host) ?? name;
  const namespace = text(args.namespace) ?? home ?? "";
  const named = args.gateways === undefined ? ["mesh"] : list(args.gateways).flatMap((each) => text(each) ?? []);
  const opened = args.exposure === undefined ? [] : [gatewayName(name)];
  return {
    name,
    path: ["traffic", name],
    args,
    host,
    namespace,
    service: services.find(host, namespace),
    gateways: [...named, ...opened].map((each) => fullGateway(each, namespace)),
  };
}

/** A gateway as `<namespace>/<name>`; `mesh` as it is. */
export const fullGateway = (gateway: string, namespace: string): string =>
  gateway === "mesh" || gateway.includes("/") ? gateway : `${namespace}/${gateway}`;

function* applicationGateways(stack: Fields): Iterable<[string, StackGateway]> {
  const home = homeOf(stack);
  const ports = (tls: unknown) => (tls === undefined ? [80] : [80, 443]);
  if (home !== undefined) yield [`${home}/bookinfo-gateway`, { ports: ports(fields(stack.bookinfo).tls) }];
  for (const [name, application] of Object.entries(fields(stack.applications))) {
    const { namespace, exposure } = fields(application);
    if (exposure === undefined) continue;
    yield [`${text(namespace) ?? name}/${name}-gateway`, { ports: ports(fields(exposure).tls) }];
  }
  if (fields(stack.observability).exposure === undefined) return;
  yield [`${ISTIO_NAMESPACE}/addons-gateway`, { ports: [80, 443] }];
}

function* hostGateways({ name, args, namespace }: TrafficHost): Iterable<[string, StackGateway]> {
  if (args.exposure === undefined) return;
  const { tls, httpsRedirect } = fields(args.exposure);
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
    for (const [index, route] of list(args[kind]).entries()) {
      const { to, mirrors } = fields(route);
      const place = [...path, kind, index];
      const isHttp = kind === "routes";
      for (const [name, weight] of Object.entries(fields(to))) {
        const subsetPath = [...place, "to", name];
        const target = { host: undefined, subset: name, port: undefined };
        yield { ...target, path: subsetPath, subsetPath, isUsed: isShare(weight), isMirror: false, isHttp };
      }
      for (const [number, each] of list(to).entries()) {
        yield { ...listed([...place, "to", number], fields(each), "weight"), isMirror: false, isHttp };
      }
      for (const [number, each] of list(mirrors).entries()) {
        yield { ...listed([...place, "mirrors", number], fields(each), "percentage"), isMirror: true, isHttp };
      }
    }
  }
}

const isShare = (value: unknown) => typeof value === "number" && value > 0;

function listed(path: Path, args: Fields, share: "weight" | "percentage") {
  const { host, subset, port, [share]: part = 100 } = args;
  const subsetPath = [...path, "subset"];
  return { path, host: text(host), subset: text(subset), subsetPath, port, isUsed: isShare(part) };
}

/** Every traffic policy of a host, with its path: the service's, each subset's, and those for a port. */
export function* policiesOf({ path, args }: TrafficHost): Iterable<{ readonly path: Path; readonly policy: Fields }> {
  const whole = [
    { path: [...path, "trafficPolicy"], policy: fields(args.trafficPolicy) },
    ...Object.entries(fields(args.subsets)).map(([name, subset]) => ({
      path: [...path, "subsets", name, "trafficPolicy"],
      policy: fields(fields(subset).trafficPolicy),
    })),
  ];
  for (const { path: place, policy } of whole) {
    yield { path: place, policy };
    for (const [port, each] of Object.entries(fields(policy.portLevelSettings))) {
      yield { path: [...place, "portLevelSettings", port], policy: fields(each) };
    }
  }
}

/** Whether the routes hold in sidecars alone. */
export const isInsideOnly = ({ gateways }: TrafficHost) => gateways.every((gateway) => gateway === "mesh");

/** The services of the stack that the routes are for in sidecars; nothing if one of the hosts may be somebody else's. */
export function routedServices({ services }: StackTraffic, host: TrafficHost): readonly StackService[] | undefined {
  const hosts = Array.isArray(host.args.hosts) ? list(host.args.hosts) : [host.host];
  const found = hosts.flatMap((each) => services.find(text(each) ?? "", host.namespace) ?? []);
  return found.length > 0 && found.length === hosts.length ? found : undefined;
}
