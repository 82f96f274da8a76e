import { meantBySlip } from "../lib/slips.ts";
import { list } from "../lib/list.ts";
import type { Path, Finding } from "../lib/schema/problems.ts";
import { mapOf, listOf } from "../lib/untrusted.ts";
import { carries, serviceKey, type StackService } from "./stackServices.ts";
import { destinationsOf, type Destination, type StackTraffic, type TrafficHost } from "./trafficHosts.ts";

/** Rules about the services, subsets and pods that what is said of traffic names. */
export function* trafficTargets(traffic: StackTraffic): Iterable<Finding> {
  for (const host of traffic.hosts) {
    // That it must be a namespace of the stack is said elsewhere.
    if (!traffic.services.namespaces.has(host.namespace)) continue;
    yield* ownHost(traffic, host);
    for (const destination of destinationsOf(host)) {
      if (destination.host !== undefined) yield* otherHost(traffic, host, destination.host, destination.path);
      yield* subset(traffic, host, destination);
    }
  }
}

function* ownHost(traffic: StackTraffic, host: TrafficHost): Iterable<Finding> {
  const { path, args, namespace, service } = host;
  if (args.external !== undefined) {
    if (service === undefined || isOddByItself(host)) return;
    const reason = "is for hosts that are not in the cluster; this one is a service of this stack: leave external out";
    yield { path: [...path, "external"], reason };
    return;
  }
  const place = args.host === undefined ? path : [...path, "host"];
  const elsewhere = serviceElsewhere(traffic, host.host, namespace);
  if (elsewhere !== undefined && args.namespace === undefined && args.host === undefined) {
    const reason = `is no service of ${namespace}; there is one in ${elsewhere.namespace}: set namespace to ${elsewhere.namespace}`;
    yield { path: place, reason };
  } else yield* nobody(traffic, host.host, namespace, place);
  for (const [index, each] of listOf(args.hosts).entries()) {
    if (typeof each === "string") yield* nobody(traffic, each, namespace, [...path, "hosts", index]);
  }
  // The Ingress and the pods whose requests are counted are looked for in the namespace of the rules.
  if (service === undefined || service.namespace === namespace) return;
  for (const key of ["ingress", "rateLimit"]) {
    if (args[key] === undefined) continue;
    const reason = `needs the namespace of the service: set namespace to ${service.namespace}`;
    yield { path: [...path, key], reason };
  }
}

/** Whether the entry alone shows that a host is in the cluster, so that its schema says so. */
function isOddByItself({ host, args }: TrafficHost): boolean {
  const { endpoints, workloads } = mapOf(args.external);
  const hasServers = endpoints !== undefined || workloads !== undefined;
  return !host.includes(".") || (/\.svc(\.cluster\.local)?$/.test(host) && !hasServers);
}

function* otherHost(traffic: StackTraffic, { namespace }: TrafficHost, named: string, path: Path): Iterable<Finding> {
  const elsewhere = serviceElsewhere(traffic, named, namespace);
  if (elsewhere === undefined) {
    yield* nobody(traffic, named, namespace, [...path, "host"]);
    return;
  }
  const { name, namespace: place } = elsewhere;
  const reason = `is no service of ${namespace}; there is one in ${place}: write ${name}.${place}.svc.cluster.local`;
  yield { path: [...path, "host"], reason };
}

/** A service of the same short name in another namespace of the stack, where there is none in this one. */
function serviceElsewhere(
  { services, known }: StackTraffic,
  host: string,
  namespace: string,
): StackService | undefined {
  if (host.includes(".") || services.lacksPort(host, namespace) || services.find(host, namespace)) return undefined;
  if (known.get(serviceKey(host, namespace))?.args.external !== undefined) return undefined;
  return services.all.find(({ name }) => name === host);
}

/** Hosts that nobody can have meant; what may be somebody else's service is left alone. */
function* nobody({ services, known }: StackTraffic, host: string, namespace: string, path: Path): Iterable<Finding> {
  const key = serviceKey(host, namespace);
  if (services.lacksPort(host, namespace)) {
    yield { path, reason: "has no port, and so no Service by which anybody calls it: give it a port" };
    return;
  }
  if (services.find(host, namespace) !== undefined || known.get(key)?.args.external !== undefined) return;
  const meant = meantBySlip(key, services.keys);
  if (meant === undefined) return;
  const [name = ""] = meant.split(".");
  const near = host.includes(".") ? `${meant}.svc.cluster.local` : name;
  yield { path, reason: `is no service of this stack; did you mean ${near}?` };
}

function* subset(traffic: StackTraffic, host: TrafficHost, destination: Destination): Iterable<Finding> {
  const { host: named = host.host, subset: name, subsetPath: path } = destination;
  if (name === undefined) return;
  const key = serviceKey(named, host.namespace);
  const service = traffic.services.find(named, host.namespace);
  const target = traffic.known.get(key);
  if (service === undefined && target === undefined) return;
  const subsets = mapOf(target?.args.subsets);
  if (!Object.hasOwn(subsets, name)) {
    // Of its own subsets, the schema of the host speaks.
    if (destination.host === undefined) return;
    const there = Object.keys(subsets).sort();
    const hint =
      there.length > 0 ? `there are ${there.join(", ")}` : "there are none: add subsets to its entry in mesh:traffic";
    yield { path, reason: `names no subset of that service; ${hint}` };
    return;
  }
  const isShifted = [host, target].some((each) => each?.args.weightsManagedBy !== undefined);
  if (service === undefined || !destination.isUsed || isShifted) return;
  yield* withoutPods(traffic, service, mapOf(subsets[name]).labels ?? { version: name }, destination);
}

function* withoutPods(
  { services }: StackTraffic,
  service: StackService,
  labels: unknown,
  { subsetPath: path, isMirror }: Destination,
): Iterable<Finding> {
  const pods = services.podsOf(service);
  if (pods.length === 0 || pods.some((each) => carries(each, mapOf(labels)))) return;
  const versions = list(pods.map(({ version }) => version).sort(), "and");
  const there = `${service.name} has pods of ${pods.length === 1 ? "the version" : "the versions"} ${versions}`;
  const reason = isMirror
    ? `has no pods, so the copies go nowhere; ${there}`
    : `has no pods, so these requests would be answered with 503; ${there}: choose among them, or deploy its pods first`;
  yield { path, reason };
}
