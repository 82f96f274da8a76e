// The requests by which two states of a mesh are compared: for each host those that its rules tell apart.
import { hostOfServer } from "../istio/gateways.ts";
import { selects } from "../istio/labels.ts";
import { routesWithDelegates } from "../istio/routing/delegates.ts";
import type { Request } from "../istio/routing/request.ts";
import { policiesFor } from "../istio/routing/server.ts";
import { hostsOf } from "../istio/routing/scope.ts";
import type { Service, Workload, World } from "../istio/routing/world.ts";
import { witness } from "../istio/routing/witness.ts";
import { covers } from "../istio/hosts.ts";
import type { HttpMatch } from "../istio/virtualService.ts";
import { matchText } from "./words.ts";

/** A client: pods that send, or pods of a gateway by which requests come in. */
export interface Client {
  readonly name: string;
  readonly isInMesh: boolean;
  readonly from: Request["from"];
}

/** One kind of requests to a host, and one request that stands for it. */
export interface Sample {
  readonly host: string;
  readonly port: number;
  readonly text: string;
  readonly make: (client: Client) => Request;
}

/** Those that a difference between the worlds may treat otherwise: one for each account and each namespace. */
export function clientsOf(...worlds: readonly World[]): Client[] {
  const clients = new Map<string, Client>();
  const labelsCount = worlds.some(looksAtLabels);
  for (const world of worlds) {
    for (const workload of world.workloads) {
      if (workload.replicas === 0) continue;
      const { namespace, name, serviceAccount, isInMesh, labels } = workload;
      const isGateway = servesGateway(world, workload);
      // A gateway that no Gateway is for yet sends nothing.
      if (workload.isGateway && !isGateway) continue;
      const what = [namespace, serviceAccount, isInMesh, isGateway, ...(labelsCount ? [JSON.stringify(labels)] : [])];
      const from = isGateway ? { gateway: workload } : { pod: workload };
      if (!clients.has(what.join())) clients.set(what.join(), { name: `${name}.${namespace}`, isInMesh, from });
    }
  }
  return [...clients.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

export const servesGateway = ({ gateways }: World, { labels }: Workload): boolean =>
  gateways.some(({ spec }) => Object.keys(spec.selector ?? {}).length > 0 && selects(spec.selector ?? {}, labels));

/** Whether pods of one account can be treated differently, by their labels. */
function looksAtLabels({ virtualServices, sidecars, destinationRules }: World): boolean {
  return (
    sidecars.some(({ spec }) => spec.workloadSelector !== undefined) ||
    destinationRules.some(({ spec }) => spec.workloadSelector !== undefined) ||
    virtualServices.some(({ spec }) =>
      spec.http?.some(({ match = [] }) => match.some(({ sourceLabels }) => sourceLabels !== undefined)),
    )
  );
}

/** The kinds of requests to every service of the cluster and every host of a ServiceEntry, for clients in the mesh. */
export function samplesInside(...worlds: readonly World[]): Sample[] {
  const services = new Map<string, Service>();
  for (const { services: all } of worlds) for (const service of all) services.set(service.hostname, service);
  const rules = worlds.map(matchesByHost);
  return [...services.values()].flatMap(({ hostname, ports }) =>
    hostname.startsWith("*")
      ? []
      : ports
          .filter(({ protocol }) => protocol !== "tcp")
          .flatMap(({ number }) => samplesOf(hostname, number, "http", kindsOf(hostname, worlds, rules))),
  );
}

/** The kinds of requests to every host that a gateway opens. */
export function samplesAtGateways(...worlds: readonly World[]): Sample[] {
  const rules = worlds.map(matchesByHost);
  const doors = new Map<string, { host: string; port: number; scheme: "http" | "https" }>();
  for (const world of worlds) {
    for (const { spec } of world.gateways) {
      for (const { port, tls, hosts } of spec.servers ?? []) {
        if (!["HTTP", "HTTPS", "HTTP2", "GRPC"].includes(port.protocol.toUpperCase())) continue;
        const scheme = tls === undefined || tls.httpsRedirect === true ? "http" : "https";
        const named = hosts.map(hostOfServer);
        const served = world.virtualServices
          .filter(({ spec: { gateways } }) => gateways !== undefined)
          .flatMap(hostsOf);
        const all = [...named, ...served.filter((host) => named.some((wide) => covers(wide, host)))];
        for (const host of all) {
          const plain = host === "*" ? "any.example" : host.replace(/^\*/, "any");
          doors.set(`${scheme} ${plain}:${port.number}`, { host: plain, port: port.number, scheme });
        }
      }
    }
  }
  return [...doors.values()].flatMap(({ host, port, scheme }) =>
    samplesOf(host, port, scheme, kindsOf(host, worlds, rules)),
  );
}

interface Kind {
  readonly text: string;
  readonly change: (request: Request) => Request | undefined;
}

const plainly =
  (host: string, port: number, scheme: "http" | "https") =>
  (client: Client): Request => ({
    from: client.from,
    scheme,
    host,
    port,
    method: "GET",
    path: "/",
    headers: {},
  });

function samplesOf(host: string, port: number, scheme: "http" | "https", kinds: readonly Kind[]): Sample[] {
  const base = plainly(host, port, scheme);
  const special = kinds.flatMap(({ text, change }) => {
    const make = (client: Client) => change(base(client)) ?? base(client);
    return [{ host, port, text, make }];
  });
  return [...special, { host, port, text: kinds.length === 0 ? "all requests" : "all other requests", make: base }];
}

type Rules = readonly { readonly hosts: readonly string[]; readonly matches: readonly HttpMatch[] }[];

function matchesByHost(world: World): Rules {
  return world.virtualServices.map((virtualService) => ({
    hosts: hostsOf(virtualService),
    matches: routesWithDelegates(world, virtualService).flatMap(({ route: { match = [] } }) => match),
  }));
}

/** What the rules of a host tell apart, each once. */
function kindsOf(host: string, worlds: readonly World[], rules: readonly Rules[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { hosts, matches } of rules.flat()) {
    if (!hosts.some((one) => covers(one, host))) continue;
    for (const match of matches) {
      const own = ofRequest(match);
      const text = matchText(own);
      if (text !== "all requests") kinds.set(text, { text, change: (request) => witness(own, request) });
    }
  }
  for (const kind of worlds.flatMap((world) => guardedKinds(world, host))) kinds.set(kind.text, kind);
  return [...kinds.values()];
}

/** The part of a condition that is about the request, not about its client. */
function ofRequest(match: HttpMatch): HttpMatch {
  const about = ["uri", "ignoreUriCase", "method", "authority", "scheme", "headers", "withoutHeaders", "queryParams"];
  return Object.fromEntries(Object.entries(match).filter(([key]) => about.includes(key)));
}

/** The methods and paths that AuthorizationPolicies of a host's pods name. */
function guardedKinds(world: World, host: string): Kind[] {
  const service = world.services.find(({ hostname }) => hostname === host);
  const pods = service?.backends?.flatMap(({ workload }) => workload ?? []) ?? [];
  const near = new Set(pods.flatMap((pod) => policiesFor(world, pod)));
  const operations = [...near].flatMap(({ spec }) =>
    (spec.rules ?? []).flatMap(({ to = [] }) => to.flatMap(({ operation }) => operation ?? [])),
  );
  const named = operations.flatMap(({ methods = [] }) => methods);
  const other = ["GET", "POST", "DELETE", "PATCH"].find((method) => !named.includes(method));
  const kinds = operations.flatMap(({ methods = ["GET"], paths = ["/"] }) =>
    methods.flatMap((method) =>
      paths.map((path) => ({
        text: `${method} ${path}`,
        change: (request: Request) => ({ ...request, method: method === "*" ? "GET" : method, path: pathOf(path) }),
      })),
    ),
  );
  if (named.length === 0 || other === undefined) return kinds;
  return [...kinds, { text: "other methods", change: (request) => ({ ...request, method: other }) }];
}

/** A path that a pattern of a policy takes. */
function pathOf(pattern: string): string {
  const path = pattern.replaceAll("{**}", "x").replaceAll("{*}", "x").replace("*", "x");
  return path.startsWith("/") ? path : `/${path}`;
}
