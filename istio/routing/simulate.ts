// Where a request goes, by what is declared, and what it meets on the way.
import { hostOfServer } from "../gateways.ts";
import { authorityOf, askedHost, pathOf, type Request } from "./request.ts";
import { mismatch } from "./httpMatch.ts";
import type { Outcome, Result, Step } from "./outcome.ts";
import { knownTo, knownToGateway } from "./known.ts";
import type { Scope } from "./scope.ts";
import { resultsOf, type Client } from "./route.ts";
import { deliver } from "./delivery.ts";
import { judged } from "./server.ts";
import {
  domainsOf,
  HostTable,
  serversAt,
  type GatewayServer,
  type ProxyRoute,
  type VirtualHost,
} from "./virtualHosts.ts";
import { named, type Service, type Workload, type World } from "./world.ts";

/** What becomes of a request, step by step. */
export function simulate(world: World, request: Request): Outcome {
  const steps: Step[] = [];
  const { from } = request;
  if ("gateway" in from) return { steps, ...atGateway(world, request, from.gateway, steps) };
  return {
    steps,
    ...(from.pod.isInMesh ? atSidecar(world, request, from.pod, steps) : beside(world, request, from.pod, steps)),
  };
}

type Rest = Omit<Outcome, "steps">;

const only = (result: Result): Rest => ({ results: [result] });

function atSidecar(world: World, request: Request, pod: Workload, steps: Step[]): Rest {
  const { scope, hosts } = knownTo(world, pod, request.port);
  if (scope.sidecar !== undefined)
    steps.push({ text: "A Sidecar decides which hosts the client knows", object: named(scope.sidecar) });
  if (scope.sidecar?.isOpen === true) return only(unknown("the Sidecar of the client is not known yet"));
  const client: Client = { world, pod, destinations: scope.destinations, isGateway: false };
  const name = askedHost(request);
  const plain = askedFor(scope.services.values(), name, pod, request.port, "tcp");
  if (plain !== undefined) {
    steps.push({
      text: `Port ${request.port} of ${plain.hostname} is not for HTTP, so no HTTP route is looked at`,
      object: named(plain),
    });
    return { results: deliver(client, request, { service: plain, port: request.port }, steps) };
  }
  const host = hosts.find(name);
  if (host === undefined) return outside(scope, name, request.port, steps);
  return byRoutes(client, request, host, steps);
}

/** The service that a name means for a client at a port of one of the protocols. */
function askedFor(
  services: Iterable<Service>,
  name: string,
  { namespace }: Workload,
  port: number,
  ...protocols: readonly string[]
): Service | undefined {
  return [...services].find(
    (service) =>
      service.ports.some((one) => one.number === port && protocols.includes(one.protocol)) &&
      domainsOf(service, namespace).includes(name),
  );
}

function outside({ outbound, sidecar, services }: Scope, name: string, port: number, steps: Step[]): Rest {
  const by = sidecar && { object: named(sidecar) };
  if (outbound === "ALLOW_ANY") {
    const text = `No host of the mesh is called ${name}: the request leaves as it is, and no rule holds for it`;
    steps.push({ text, ...by });
    return only({ kind: "unmanaged", share: 1 });
  }
  steps.push({ text: `No host that the client knows is called ${name}, and the mesh lets nothing else out`, ...by });
  // A proxy that has no HTTP at a port does not read requests there: it closes the connection.
  const isHttp = [...services.values()].some(({ ports }) =>
    ports.some(({ number, protocol }) => number === port && protocol !== "tcp"),
  );
  return only({ kind: "answered", share: 1, status: isHttp ? 502 : undefined, reason: "egress" });
}

/** Pods without a proxy follow no rule: the name leads them to a service, and its pods decide. */
function beside(world: World, request: Request, pod: Workload, steps: Step[]): Rest {
  const name = askedHost({ ...request, headers: {} });
  const inCluster = world.services.filter(({ isKubernetes }) => isKubernetes);
  const service = askedFor(inCluster, name, pod, request.port, "http", "tcp", "auto");
  steps.push({ text: "The client has no proxy, so no route holds for it" });
  if (service === undefined) return only({ kind: "unmanaged", share: 1 });
  const client: Client = { world, pod, destinations: new Map([[service.hostname, service]]), isGateway: false };
  return { results: deliver(client, request, { service, port: request.port }, steps) };
}

function atGateway(world: World, request: Request, pod: Workload, steps: Step[]): Rest {
  const servers = serversAt(world, pod, request.port);
  const [first] = servers;
  if (first === undefined) {
    steps.push({ text: `No Gateway of these pods has a server at port ${request.port}` });
    return only({ kind: "answered", share: 1, status: undefined, reason: "no server" });
  }
  if (servers.some(({ gateway }) => gateway.isOpen === true)) return only(unknown("a Gateway is not known yet"));
  const chosen = serversOfListener(servers, request);
  if (chosen.length === 0) {
    steps.push({
      text: `No server of the port is for ${request.host} over ${request.scheme.toUpperCase()}`,
      object: named(first.gateway),
    });
    return only({ kind: "answered", share: 1, status: undefined, reason: "no server" });
  }
  for (const gateway of new Set(chosen.map((one) => one.gateway))) {
    steps.push({ text: `A server of the Gateway listens at port ${request.port}`, object: named(gateway) });
  }
  const refused = refusedAtGateway(world, request, pod, steps);
  if (refused !== undefined) return only(refused);
  const { hosts, destinations } = knownToGateway(world, chosen, pod);
  const host = hosts.find(askedHost(request));
  if (host === undefined) {
    steps.push({ text: `No VirtualService of the Gateway has the host ${askedHost(request)}` });
    return only({ kind: "answered", share: 1, status: 404, reason: "no host" });
  }
  if (host.needsTls === true && request.scheme === "http") {
    steps.push({ text: "The server sends requests without TLS to HTTPS" });
    const location = `https://${authorityOf(request)}${request.path}`;
    return only({ kind: "answered", share: 1, status: 301, reason: "https redirect", location });
  }
  const client: Client = { world, pod, destinations, isGateway: true };
  return byRoutes(client, request, host, steps);
}

/** Servers without TLS share a listener; with TLS, the name that the client asks for chooses one. */
function serversOfListener(servers: readonly GatewayServer[], { scheme, host }: Request): readonly GatewayServer[] {
  const isTls = ({ server }: GatewayServer) => server.tls !== undefined && server.tls.httpsRedirect !== true;
  const [first] = servers;
  const isPlain = first !== undefined && !isTls(first);
  if (isPlain !== (scheme === "http")) return [];
  const same = servers.filter((server) => isTls(server) !== isPlain);
  if (isPlain) return same;
  const hosts = same.map((one): VirtualHost => ({
    domains: one.server.hosts.map((each) => hostOfServer(each)),
    routes: [],
    service: undefined,
  }));
  const found = new HostTable(hosts).find(host.toLowerCase());
  return same.filter((_, index) => hosts[index] === found);
}

function refusedAtGateway(world: World, request: Request, pod: Workload, steps: Step[]): Result | undefined {
  const call = {
    method: request.method,
    path: pathOf(request).path,
    host: authorityOf(request),
    port: request.port,
    headers: request.headers,
    claims: request.claims,
  };
  const { isAllowed, policies } = judged(world, pod, call);
  const [by] = policies;
  if (isAllowed === undefined)
    return unknown("an AuthorizationPolicy of the gateway depends on what is not known here");
  if (isAllowed) return undefined;
  steps.push({ text: "The gateway refuses the request", ...(by && { object: named(by) }) });
  return { kind: "answered", share: 1, status: 403, reason: "authorization" };
}

function byRoutes(client: Client, request: Request, host: VirtualHost, steps: Step[]): Rest {
  const { routes, service } = host;
  if (routes === undefined) {
    steps.push({
      text: `No VirtualService is for ${service?.hostname ?? ""}`,
      ...(service && { object: named(service) }),
    });
    return service === undefined
      ? only(unknown("the host has no service"))
      : { results: deliver(client, request, { service, port: request.port }, steps) };
  }
  const open = routes.find(({ virtualService }) => virtualService.isOpen === true);
  if (open !== undefined) return only(unknown(`VirtualService ${open.virtualService.name} is not known yet`));
  for (const route of routes) {
    const missed = route.match && mismatch(route.match, request);
    if (missed === undefined) {
      steps.push({ text: taken(route), object: named(route.virtualService), path: route.path });
      return { ...resultsOf(client, request, route, steps), virtualService: named(route.root) };
    }
    steps.push({
      text: `A route is not for it, for its ${missed}`,
      object: named(route.virtualService),
      path: `${route.path}.${missed}`,
    });
  }
  steps.push({ text: "No route of the host takes the request" });
  const [first] = routes;
  return {
    ...only({ kind: "answered", share: 1, status: 404, reason: "no route" }),
    ...(first && { virtualService: named(first.root) }),
  };
}

function taken({ route: { name }, match }: ProxyRoute): string {
  const which = name === undefined ? "The route" : `The route ${name}`;
  return match === undefined ? `${which} takes every request` : `${which} takes the request`;
}

const unknown = (because: string): Result => ({ kind: "undecided", share: 1, because });
