// What the proxy of some pods knows of the mesh: see pilot/pkg/model/sidecar.go.
import { MESH, qualifiedGateway } from "../gateways.ts";
import { covers, overlap, qualified } from "../hosts.ts";
import { selects } from "../labels.ts";
import { byAge, isSeen, type Service, type Sidecar, type VirtualService, type Workload, type World } from "./world.ts";

export interface Scope {
  /** The Sidecar that narrows it, if one does. */
  readonly sidecar: Sidecar | undefined;
  /** Those whose names a client can ask for at a port, by lower-case name. */
  readonly services: ReadonlyMap<string, Service>;
  /** Those that a route can lead to: the above, and the destinations of the VirtualServices. */
  readonly destinations: ReadonlyMap<string, Service>;
  /** Those of the sidecars, the first of two for a host before the second. */
  readonly virtualServices: readonly VirtualService[];
  readonly outbound: "ALLOW_ANY" | "REGISTRY_ONLY";
}

/** What the sidecar of a pod knows when it sends to a port. */
export function scopeOf(world: World, pod: Workload, port: number): Scope {
  const sidecar = sidecarOf(world, pod);
  const outbound = sidecar?.spec.outboundTrafficPolicy?.mode ?? world.mesh.outbound;
  const listeners = sidecar?.spec.egress ?? [];
  const listener =
    listeners.find((one) => one.port?.number === port) ?? listeners.find((one) => one.port === undefined);
  const all = listeners.length === 0;
  if (!all && listener === undefined) {
    return { sidecar, services: new Map(), destinations: new Map(), virtualServices: [], outbound };
  }
  const imports = all ? undefined : importsOf(listener?.hosts ?? [], pod.namespace);
  const seen = world.services.filter((service) => isVisible(service, pod.namespace));
  const services = oneForEachName(
    seen.filter(({ hostname, namespace }) => imports === undefined || imports.takeService(hostname, namespace)),
    pod.namespace,
  );
  const virtualServices = boundTo(world, pod.namespace, MESH).filter(
    ({ spec, namespace }) => imports === undefined || imports.takeHosts(hostsOf({ spec, namespace }), namespace),
  );
  return {
    sidecar,
    services,
    destinations: withDestinations(services, seen, virtualServices, pod),
    virtualServices,
    outbound,
  };
}

/** What the pods of a gateway know; a Sidecar says nothing to them. */
export function scopeOfGateway(world: World, pod: Workload): ReadonlyMap<string, Service> {
  return oneForEachName(
    world.services.filter((service) => isVisible(service, pod.namespace)),
    pod.namespace,
  );
}

/** The VirtualServices that the proxies of a namespace see for a gateway, as `<namespace>/<name>` or `mesh`. */
export function boundTo({ virtualServices, mesh }: World, from: string, gateway: string): readonly VirtualService[] {
  const standard = mesh.defaultScopes.virtualService;
  const rank = ({ spec, namespace }: VirtualService) => {
    const list = (spec.exportTo ?? []).length === 0 ? standard : (spec.exportTo ?? []);
    if (list.length === 0 || list.includes("*")) return 2;
    return namespace === from ? 0 : 1;
  };
  return virtualServices
    .filter(({ spec, namespace }) => {
      const gateways = (spec.gateways ?? []).map((name) => qualifiedGateway(name, namespace));
      const isBound = gateways.length === 0 ? gateway === MESH : gateways.includes(gateway);
      return isBound && (spec.hosts ?? []).length > 0 && isSeen(spec.exportTo, standard, namespace, from);
    })
    .toSorted((one, other) => rank(one) - rank(other) || byAge(one, other));
}

/** The hosts of a VirtualService in full, in lower case. */
export function hostsOf({ spec, namespace }: Pick<VirtualService, "spec" | "namespace">): readonly string[] {
  return (spec.hosts ?? []).map((host) => qualified(host, namespace).toLowerCase());
}

/** The one with a selector for the pod, else that of its namespace, else that of the whole mesh. */
function sidecarOf({ sidecars, mesh }: World, { namespace, labels }: Workload): Sidecar | undefined {
  const selector = ({ spec }: Sidecar) => spec.workloadSelector?.labels;
  const here = sidecars.filter((one) => one.namespace === namespace).toSorted(byAge);
  return (
    here.find((one) => selector(one) !== undefined && selects(selector(one) ?? {}, labels)) ??
    here.find((one) => selector(one) === undefined) ??
    sidecars.filter((one) => one.namespace === mesh.rootNamespace && selector(one) === undefined).toSorted(byAge)[0]
  );
}

const isVisible = ({ scopes }: Service, from: string) => scopes.has("*") || scopes.has(from);

/** Where two namespaces have a service of one name, that of the client's namespace holds, then Kubernetes' own. */
function oneForEachName(services: readonly Service[], from: string): ReadonlyMap<string, Service> {
  const rank = ({ namespace, isKubernetes }: Service) => (namespace === from ? 2 : 0) + (isKubernetes ? 1 : 0);
  const byName = new Map<string, Service>();
  for (const service of services) {
    const name = service.hostname.toLowerCase();
    const known = byName.get(name);
    if (known === undefined || rank(service) > rank(known)) byName.set(name, service);
  }
  return byName;
}

function withDestinations(
  services: ReadonlyMap<string, Service>,
  seen: readonly Service[],
  virtualServices: readonly VirtualService[],
  { namespace: from }: Workload,
): ReadonlyMap<string, Service> {
  const named = new Set(
    virtualServices.flatMap(({ spec, namespace }) =>
      (spec.http ?? []).flatMap(({ route = [], mirror, mirrors = [] }) =>
        [...route, ...mirrors, ...(mirror === undefined ? [] : [{ destination: mirror }])].map(({ destination }) =>
          qualified(destination.host, namespace).toLowerCase(),
        ),
      ),
    ),
  );
  const more = seen.filter(({ hostname }) => named.has(hostname.toLowerCase()));
  return new Map([...oneForEachName(more, from), ...services]);
}

interface Imports {
  takeService(hostname: string, namespace: string): boolean;
  takeHosts(hosts: readonly string[], namespace: string): boolean;
}

/** The entries `<namespace>/<host>` of a Sidecar; one that begins with `~` takes something out again. */
function importsOf(entries: readonly string[], own: string): Imports {
  const list = entries.map((entry) => {
    const [place = "", host = ""] = entry.split("/");
    const isOut = place.startsWith("~");
    const namespace = isOut ? place.slice(1) || "*" : place;
    return { isOut, namespace: namespace === "." ? own : namespace, host };
  });
  const at = (namespace: string) => list.filter((one) => one.namespace === "*" || one.namespace === namespace);
  const isOut = (name: string, namespace: string) => at(namespace).some((one) => one.isOut && covers(one.host, name));
  return {
    takeService: (name, namespace) =>
      !isOut(name, namespace) && at(namespace).some((one) => !one.isOut && covers(one.host, name)),
    takeHosts: (hosts, namespace) =>
      hosts.some(
        (host) => !isOut(host, namespace) && at(namespace).some((one) => !one.isOut && overlap(one.host, host)),
      ),
  };
}
