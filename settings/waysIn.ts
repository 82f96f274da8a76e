import type { Path } from "../lib/schema/problems.ts";
import { fields, list, text, type Conflict, type Fields } from "./combinations.ts";
import { toolHosts } from "./observabilityCombinations.ts";
import { speaksNoHttp } from "./stackServices.ts";
import type { StackTraffic, TrafficHost } from "./trafficHosts.ts";

/** A host that a Gateway of the stack opens. */
interface Opened {
  readonly host: unknown;
  readonly hasTls: boolean;
}

/** Rules about the ways by which requests come in: of two for one host, one is not used. */
export function* waysIn(stack: Fields, traffic: StackTraffic): Iterable<Conflict> {
  const sections = [...ofSections(stack), ...traffic.ofScenario.flatMap(openedBy)];
  yield* exposedOnce(traffic.hosts, sections);
  const all = [...sections, ...traffic.hosts.flatMap(openedBy)];
  yield* ingressOnce(traffic.hosts, new Set([...all.map(({ host }) => host), ...toolHosts(stack)]));
  yield* openToHttp(stack, traffic);
  yield* openShiftRoutes(traffic, [...all, ...toolHosts(stack).map((host) => ({ host, hasTls: true }))]);
}

const openedBy = ({ args }: Pick<TrafficHost, "args">): Opened[] => openedIn(args.exposure);

function openedIn(section: unknown): Opened[] {
  const { hosts, tls } = fields(section);
  return list(hosts).map((host) => ({ host, hasTls: tls !== undefined }));
}

function ofSections(stack: Fields): Opened[] {
  const bookinfo = fields(stack.bookinfo);
  return [
    ...(bookinfo.enabled === false ? [] : openedIn(bookinfo)),
    ...Object.values(fields(stack.applications)).flatMap((each) => openedIn(fields(each).exposure)),
  ];
}

/** A host that two Gateways take is served by one of them only. */
function* exposedOnce(hosts: readonly TrafficHost[], sections: readonly Opened[]): Iterable<Conflict> {
  const seen = new Set(sections.map(({ host }) => host));
  for (const { path, args } of hosts) {
    for (const [index, { host }] of openedIn(args.exposure).entries()) {
      if (seen.has(host)) {
        const reason = "is exposed already, elsewhere in this file: a host leads to one service";
        yield { path: [...path, "exposure", "hosts", index], reason };
      }
      seen.add(host);
    }
  }
}

/**
 * Istio adds the paths of all Ingresses for a host up; of two that are the same, the older one wins. Other classes are
 * served by others, perhaps inside of a network where Istio's is outside.
 */
function* ingressOnce(hosts: readonly TrafficHost[], exposed: ReadonlySet<unknown>): Iterable<Conflict> {
  const seen = new Map<string, TrafficHost>();
  for (const each of hosts) {
    const { className = "istio", paths } = fields(each.args.ingress);
    for (const [index, host] of list(fields(each.args.ingress).hosts).entries()) {
      const path = [...each.path, "ingress", "hosts", index];
      if (className === "istio" && exposed.has(host)) {
        yield { path, reason: "is exposed already, elsewhere in this file: a host has one way in" };
        continue;
      }
      const keys = pathsOf(paths).map((one) => JSON.stringify([className, host, one]));
      if (keys.some((key) => seen.has(key))) {
        const reason =
          "has an ingress for the same path already, and the older of two wins: give one of them other hosts or paths";
        yield { path, reason };
      }
      for (const key of keys) seen.set(key, each);
    }
  }
}

/** The paths of an Ingress as Kubernetes compares them: a slash at the end of a prefix says nothing. */
function pathsOf(paths: unknown): string[] {
  const all = paths === undefined ? [{ prefix: "/" }] : list(paths).map(fields);
  return all.flatMap((each) => {
    const { exact, prefix } = each as { exact?: unknown; prefix?: unknown };
    if (typeof exact === "string") return [`= ${exact}`];
    return typeof prefix === "string" ? [`^ ${prefix.replace(/\/+$/, "")}`] : [];
  });
}

/** What an application opens, it opens for HTTP. */
function* openToHttp(stack: Fields, { services }: StackTraffic): Iterable<Conflict> {
  for (const [name, application] of Object.entries(fields(stack.applications))) {
    const { namespace, exposure } = fields(application);
    const service = services.find(text(fields(exposure).service) ?? "", text(namespace) ?? name);
    if (service === undefined || !speaksNoHttp(service)) continue;
    const reason = `does not understand HTTP, for which it would be open: its protocol is ${service.protocol}; leave exposure out`;
    yield { path: ["applications", name, "exposure", "service"], reason };
  }
}

/** OpenShift's router leads to the gateway: somebody has to take the host there. */
function* openShiftRoutes(traffic: StackTraffic, opened: readonly Opened[]): Iterable<Conflict> {
  const byOthers = new Set(
    traffic.hosts.filter((each) => isAtOthers(traffic, each)).flatMap(({ args }) => list(args.hosts)),
  );
  const byIngress = new Set(traffic.hosts.flatMap(({ args }) => istioIngressHosts(args)));
  for (const { path, args } of traffic.hosts) {
    const { hosts, termination } = fields(args.openShiftRoute);
    for (const [index, host] of list(hosts).entries()) {
      const way = opened.find((each) => each.host === host);
      const place: Path = [...path, "openShiftRoute", "hosts", index];
      if (way === undefined && !byOthers.has(host) && !byIngress.has(host)) {
        const reason =
          "is served by no gateway, so the router finds nothing behind it: add it to the hosts of exposure";
        yield { path: place, reason };
      }
      if (way !== undefined && !way.hasTls && termination === "passthrough") {
        const reason = "must be edge, or be left out: the gateway serves this host without TLS";
        yield { path: [...path, "openShiftRoute", "termination"], reason };
      }
    }
  }
}

/** Whether the routes hold at a Gateway that somebody else has made. */
const isAtOthers = ({ gateways: known }: StackTraffic, { gateways }: TrafficHost) =>
  gateways.some((gateway) => gateway !== "mesh" && !known.has(gateway));

function istioIngressHosts(args: Fields): readonly unknown[] {
  const { className, hosts } = fields(args.ingress);
  return text(className) === undefined || className === "istio" ? list(hosts) : [];
}
