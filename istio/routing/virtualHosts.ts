// Which routes a proxy has for a host: see BuildSidecarVirtualHostWrapper and buildGatewayHTTPRouteConfig in
// pilot/pkg/networking/core of Istio's source.
import { hostOfServer, MESH, qualifiedGateway } from "../gateways.ts";
import { CLUSTER_DOMAIN, covers, overlap } from "../hosts.ts";
import { selects } from "../labels.ts";
import type { HttpMatch, HttpRoute } from "../virtualService.ts";
import { routesWithDelegates } from "./delegates.ts";
import { isCatchAll } from "./httpMatch.ts";
import { boundTo, hostsOf, type Scope } from "./scope.ts";
import { byAge, type Gateway, type Service, type VirtualService, type Workload, type World } from "./world.ts";

/** A route as a proxy has it: with one condition at most. */
export interface ProxyRoute {
  readonly route: HttpRoute;
  readonly match: HttpMatch | undefined;
  readonly virtualService: VirtualService;
  /** The VirtualService with the hosts, which may delegate to the one above. */
  readonly root: VirtualService;
  /** Where it is written, such as `spec.http[1].match[0]`. */
  readonly path: string;
}

export interface VirtualHost {
  /** Each may begin with a wildcard. */
  readonly domains: readonly string[];
  /** Of a service without a VirtualService there is none: every request goes to the service. */
  readonly routes: readonly ProxyRoute[] | undefined;
  readonly service: Service | undefined;
  /** Whether requests without TLS are sent to HTTPS. */
  readonly needsTls?: boolean;
}

/** The hosts that a sidecar has routes for at a port, in the order in which one takes a name before another. */
export function sidecarHosts(world: World, scope: Scope, pod: Workload, port: number): readonly VirtualHost[] {
  const registry = new Map([...scope.services].filter(([, { ports }]) => ports.some(({ number }) => number === port)));
  const isHttp = ({ ports }: Service) => ports.some(({ number, protocol }) => number === port && protocol !== "tcp");
  const owners = ownersOfServices(scope, registry);
  const hosts: VirtualHost[] = [];
  const taken = new Set<string>();
  for (const virtualService of scope.virtualServices) {
    const names = hostsOf(virtualService);
    const wild = names.filter((host) => host.startsWith("*"));
    const covered = [...(wild.length === 0 ? [] : registry.keys())].filter((name) =>
      wild.some((host) => overlap(host, name)),
    );
    const own = covered.filter((name) => owners.get(name) === virtualService);
    const services = [...new Set([...names, ...own])].flatMap((name) => registry.get(name) ?? []);
    const others = names.filter((host) =>
      host.startsWith("*") ? !covered.some((name) => overlap(host, name)) : !registry.has(host),
    );
    // Istio has routes for hosts that no service has at port 80 only.
    if (services.length === 0 && port !== 80) continue;
    const routes = routesFor(world, virtualService, pod, port, MESH);
    if (routes.length === 0) continue;
    const fitting = services.filter(isHttp);
    if (fitting.length === 0 && port !== 80) continue;
    hosts.push(...others.map((host) => ({ domains: [host], routes, service: undefined })));
    for (const service of fitting) {
      taken.add(service.hostname.toLowerCase());
      hosts.push({ domains: domainsOf(service, pod.namespace), routes, service });
    }
  }
  for (const [name, service] of registry) {
    if (taken.has(name) || !isHttp(service)) continue;
    hosts.push({ domains: domainsOf(service, pod.namespace), routes: undefined, service });
  }
  return hosts;
}

/** For each service the VirtualService with the most specific host for it, the older of two. */
function ownersOfServices(
  { virtualServices }: Scope,
  registry: ReadonlyMap<string, Service>,
): ReadonlyMap<string, VirtualService> {
  const owners = new Map<string, VirtualService>();
  const named = virtualServices.map((virtualService) => ({ virtualService, hosts: hostsOf(virtualService) }));
  for (const name of registry.keys()) {
    let best = "";
    for (const { virtualService, hosts } of named) {
      for (const host of hosts) {
        const isBetter = best === "" || (best.startsWith("*") && (!host.startsWith("*") || host.length > best.length));
        if (!covers(host, name) || !isBetter) continue;
        best = host;
        owners.set(name, virtualService);
      }
    }
  }
  return owners;
}

/** The names under which clients of a namespace ask for a service. */
export function domainsOf({ hostname, addresses, isHeadless, isKubernetes }: Service, from: string): readonly string[] {
  const name = hostname.toLowerCase();
  const names = [name];
  if (name.endsWith(`.${CLUSTER_DOMAIN}`)) {
    const short = name.slice(0, -`.${CLUSTER_DOMAIN}`.length);
    names.push(`${short}.svc`, short);
    if (short.endsWith(`.${from}`)) names.push(short.slice(0, -from.length - 1));
  }
  return [...names, ...(isHeadless && isKubernetes ? names.map((each) => `*.${each}`) : []), ...addresses];
}

export interface GatewayServer {
  readonly gateway: Gateway;
  readonly server: NonNullable<Gateway["spec"]["servers"]>[number];
}

/** The servers that pods of a gateway have at a port, those of the oldest Gateway first. */
export function serversAt({ gateways }: World, pod: Workload, port: number): readonly GatewayServer[] {
  return gateways
    .filter(({ spec }) => selects(spec.selector ?? {}, pod.labels))
    .toSorted(byAge)
    .flatMap((gateway) =>
      (gateway.spec.servers ?? []).flatMap((server) => (server.port.number === port ? [{ gateway, server }] : [])),
    );
}

/** The hosts that the pods of a gateway have routes for, at servers that share a listener. */
export function gatewayHosts(world: World, servers: readonly GatewayServer[], pod: Workload): readonly VirtualHost[] {
  const hosts = new Map<string, { routes: ProxyRoute[]; needsTls: boolean }>();
  const put = (host: string, routes: readonly ProxyRoute[], needsTls: boolean) => {
    const known = hosts.get(host) ?? { routes: [], needsTls: false };
    known.routes.push(...routes);
    known.needsTls ||= needsTls;
    hosts.set(host, known);
  };
  for (const { gateway, server } of servers) {
    const name = `${gateway.namespace}/${gateway.name}`;
    const needsTls = server.tls?.httpsRedirect === true;
    for (const virtualService of boundTo(world, pod.namespace, name)) {
      const offered = hostsFor(server.hosts, gateway.namespace, virtualService.namespace);
      const common = intersection(offered, hostsOf(virtualService));
      if (common.length === 0) continue;
      const routes = routesFor(world, virtualService, pod, server.port.number, name);
      if (routes.length > 0) for (const host of common) put(host, routes, needsTls);
    }
    if (needsTls) for (const host of server.hosts) put(hostOfServer(host), [], true);
  }
  return [...hosts].map(([host, { routes, needsTls }]) => ({
    domains: [host],
    // What takes everything goes last, whichever object it is of.
    routes: [...routes.filter(({ match }) => !isCatchAll(match)), ...routes.filter(({ match }) => isCatchAll(match))],
    service: undefined,
    needsTls,
  }));
}

/** The hosts of a server that are for VirtualServices of a namespace; each may name one before a slash. */
function hostsFor(hosts: readonly string[], own: string, namespace: string): readonly string[] {
  return hosts.flatMap((host) => {
    const [place] = host.includes("/") ? host.split("/") : ["*"];
    const wanted = place === "." ? own : place;
    return wanted === "*" || wanted === namespace ? [hostOfServer(host)] : [];
  });
}

/** Of each pair of hosts of which one covers the other, the narrower. */
function intersection(some: readonly string[], others: readonly string[]): readonly string[] {
  const common = some.flatMap((one) =>
    others.flatMap((other) => (covers(other, one) ? [one] : covers(one, other) ? [other] : [])),
  );
  return [...new Set(common)];
}

/** The routes of a VirtualService that hold for a proxy, up to the first that takes everything. */
function routesFor(
  world: World,
  virtualService: VirtualService,
  pod: Workload,
  port: number,
  gateway: string,
): readonly ProxyRoute[] {
  const routes: ProxyRoute[] = [];
  for (const { route, virtualService: owner, index } of routesWithDelegates(world, virtualService)) {
    const path = `spec.http[${index}]`;
    const matches = route.match ?? [];
    const written = { route, virtualService: owner, root: virtualService };
    if (matches.length === 0) return [...routes, { ...written, match: undefined, path }];
    for (const [place, match] of matches.entries()) {
      if (!isFor(match, owner, pod, port, gateway)) continue;
      routes.push({ ...written, match, path: `${path}.match[${place}]` });
      if (isCatchAll(match)) return routes;
    }
  }
  return routes;
}

/** Whether the part of a condition that is about the client holds: Istio looks at that, not the proxy. */
function isFor(match: HttpMatch, { namespace }: VirtualService, pod: Workload, port: number, gateway: string): boolean {
  if ((match.port ?? 0) !== 0 && match.port !== port) return false;
  const gateways = (match.gateways ?? []).map((name) => qualifiedGateway(name, namespace));
  if (gateways.length > 0) return gateways.includes(gateway);
  const wanted = match.sourceNamespace ?? "";
  return selects(match.sourceLabels ?? {}, pod.labels) && (wanted === "" || wanted === pod.namespace);
}

/** The hosts of a proxy by their names. */
export class HostTable {
  readonly #byName = new Map<string, VirtualHost>();
  /** Longest first. */
  readonly #wildcards: readonly string[];

  /** @param hosts - of two for one domain the first holds */
  constructor(hosts: readonly VirtualHost[]) {
    for (const host of hosts) {
      for (const domain of host.domains) if (!this.#byName.has(domain)) this.#byName.set(domain, host);
    }
    const wildcards = [...this.#byName.keys()].filter((domain) => domain.startsWith("*"));
    this.#wildcards = wildcards.toSorted((one, other) => other.length - one.length);
  }

  /** The one that takes a name: the exact one, then the longest wildcard. */
  find(name: string): VirtualHost | undefined {
    const fits = (domain: string) => domain === "*" || (name.length >= domain.length && covers(domain, name));
    return this.#byName.get(name) ?? this.#byName.get(this.#wildcards.find(fits) ?? "");
  }
}
