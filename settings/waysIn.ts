import type { Path, Finding } from "../lib/schema/problems.ts";
import { mapOf, listOf, textOf, type Untrusted } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";
import { speaksNoHttp } from "./stackServices.ts";
import type { StackTraffic, TrafficHost } from "./trafficHosts.ts";

/** A host that a Gateway of the stack opens. */
interface OpenHost {
  readonly host: unknown;
  readonly hasTls: boolean;
}

/** Rules about the ways by which requests come in: of two for one host, one is not used. */
export function* waysIn(draft: Draft, traffic: StackTraffic): Iterable<Finding> {
  const ofScenario = traffic.ofScenario.flatMap(({ args }) => openHosts(mapOf(args.exposure)));
  yield* exposedOnce(draft, ofScenario);
  const all = [...draft.openings.flatMap(openHosts), ...ofScenario];
  yield* ingressOnce(traffic.hosts, new Set([...all.map(({ host }) => host), ...draft.toolHosts]));
  yield* openToHttp(draft, traffic);
  yield* openShiftRoutes(traffic, [...all, ...draft.toolHosts.map((host) => ({ host, hasTls: true }))]);
}

const openHosts = ({ hosts, tls }: { readonly hosts?: unknown; readonly tls?: unknown }): OpenHost[] =>
  listOf(hosts).map((host) => ({ host, hasTls: tls !== undefined }));

/** A host that two Gateways take is served by one of them only. */
function* exposedOnce({ openings }: Draft, ofScenario: readonly OpenHost[]): Iterable<Finding> {
  // What the stack file says of a host is nearer to whoever wrote it than the scenario.
  const seen = new Set(ofScenario.map(({ host }) => host));
  for (const { path, hosts } of openings) {
    for (const [index, host] of hosts.entries()) {
      if (typeof host !== "string") continue;
      const reason = "is exposed already, elsewhere in this file: a host leads to one service";
      if (seen.has(host)) yield { path: [...path, "hosts", index], reason };
      seen.add(host);
    }
  }
}

/**
 * Istio adds the paths of all Ingresses for a host up; of two that are the same, the older one wins. Other classes are
 * served by others, perhaps inside of a network where Istio's is outside.
 */
function* ingressOnce(hosts: readonly TrafficHost[], exposed: ReadonlySet<unknown>): Iterable<Finding> {
  const seen = new Map<string, TrafficHost>();
  for (const each of hosts) {
    const { className = "istio", paths } = mapOf(each.args.ingress);
    for (const [index, host] of listOf(mapOf(each.args.ingress).hosts).entries()) {
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
  const all = paths === undefined ? [{ prefix: "/" }] : listOf(paths).map(mapOf);
  return all.flatMap((each) => {
    const { exact, prefix } = each as { exact?: unknown; prefix?: unknown };
    if (typeof exact === "string") return [`= ${exact}`];
    return typeof prefix === "string" ? [`^ ${prefix.replace(/\/+$/, "")}`] : [];
  });
}

/** What an application opens, it opens for HTTP. */
function* openToHttp(draft: Draft, { services }: StackTraffic): Iterable<Finding> {
  for (const [name, application] of Object.entries(draft.section("applications"))) {
    const { namespace, exposure } = mapOf(application);
    const service = services.find(textOf(mapOf(exposure).service) ?? "", textOf(namespace) ?? name);
    if (service === undefined || !speaksNoHttp(service)) continue;
    const reason = `does not understand HTTP, for which it would be open: its protocol is ${service.protocol}; leave exposure out`;
    yield { path: ["applications", name, "exposure", "service"], reason };
  }
}

/** OpenShift's router leads to the gateway: somebody has to take the host there. */
function* openShiftRoutes(traffic: StackTraffic, opened: readonly OpenHost[]): Iterable<Finding> {
  const byOthers = new Set(
    traffic.hosts.filter((each) => isAtOthers(traffic, each)).flatMap(({ args }) => listOf(args.hosts)),
  );
  const byIngress = new Set(traffic.hosts.flatMap(({ args }) => istioIngressHosts(args)));
  for (const { path, args } of traffic.hosts) {
    const { hosts, termination } = mapOf(args.openShiftRoute);
    for (const [index, host] of listOf(hosts).entries()) {
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

function istioIngressHosts(args: Untrusted): readonly unknown[] {
  const { className, hosts } = mapOf(args.ingress);
  return textOf(className) === undefined || className === "istio" ? listOf(hosts) : [];
}
