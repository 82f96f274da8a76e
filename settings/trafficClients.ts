import { INGRESS_NAMESPACE, ISTIO_NAMESPACES } from "../components/istio/namespace.ts";
import { matchesOf } from "../components/traffic/routing/routing.ts";
import { meantBySlip } from "../lib/slips.ts";
import { list } from "../lib/list.ts";
import type { Path, Finding } from "../lib/schema/problems.ts";
import { mapOf, listOf, textOf, type Untrusted } from "../lib/untrusted.ts";
import { carries, type StackService } from "./stackServices.ts";
import type { StackTraffic, TrafficHost } from "./trafficHosts.ts";

/** Rules about the pods, namespaces and gateways that rules are for. Others may have some in the same cluster. */
export function* trafficClients(traffic: StackTraffic): Iterable<Finding> {
  for (const host of traffic.hosts) {
    for (const { path, match } of matchesOf(host.args)) yield* source(traffic, match, [...host.path, ...path]);
    yield* gateways(traffic, host);
    yield* exported(traffic, host);
    if (host.service?.namespace === host.namespace) yield* limited(traffic, host, host.service);
  }
}

function* source({ services }: StackTraffic, match: Untrusted, path: Path): Iterable<Finding> {
  const { sourceNamespace: place, sourceLabels: labels } = match;
  if (typeof place === "string") yield* namespace(services.namespaces, place, [...path, "sourceNamespace"]);
  if (labels === undefined) return;
  const apps = services.pods.map(({ app }) => app);
  const app = textOf(mapOf(labels).app);
  const meant = app === undefined || apps.includes(app) ? undefined : meantBySlip(app, apps);
  if (meant !== undefined) {
    yield { path: [...path, "sourceLabels", "app"], reason: `is the label of no pod; did you mean ${meant}?` };
    return;
  }
  // Beside the pods of the stack there may be others in its namespaces, but hardly under the name of one of its own.
  const pods = services.pods.filter((each) => each.namespace === place && each.app === app);
  if (pods.length === 0 || pods.some((each) => carries(each, mapOf(labels)))) return;
  const versions = list(pods.map(({ version }) => version).sort(), "and");
  const reason = `are the labels of no pod, so the match never holds; pods of ${app ?? ""} have ${pods.length === 1 ? "the version" : "the versions"} ${versions}`;
  yield { path: [...path, "sourceLabels"], reason };
}

function* namespace(known: ReadonlySet<string>, name: string, path: Path): Iterable<Finding> {
  if (known.has(name)) return;
  const meant = meantBySlip(name, [...known, ...ISTIO_NAMESPACES]);
  if (meant !== undefined) yield { path, reason: `is no namespace of this stack; did you mean ${meant}?` };
}

function* gateways({ gateways: known }: StackTraffic, host: TrafficHost): Iterable<Finding> {
  for (const [index, named] of listOf(host.args.gateways).entries()) {
    if (typeof named !== "string" || named === "mesh") continue;
    const full = named.includes("/") ? named : `${host.namespace}/${named}`;
    if (known.has(full)) continue;
    const meant = meantGateway(full, [...known.keys()]);
    if (meant === undefined) continue;
    const near = meant.startsWith(`${host.namespace}/`) ? meant.slice(host.namespace.length + 1) : meant;
    yield { path: [...host.path, "gateways", index], reason: `is no Gateway of this stack; did you mean ${near}?` };
  }
}

const nameOf = (gateway: string) => gateway.slice(gateway.indexOf("/") + 1);

/** One with nearly this name, or with this name in another namespace. */
function meantGateway(full: string, known: readonly string[]): string | undefined {
  return meantBySlip(full, known) ?? known.find((each) => nameOf(each) === nameOf(full));
}

/** Who does not see the routes, does not follow them: a gateway's pods answer 404. */
function* exported({ services, gateways: known }: StackTraffic, host: TrafficHost): Iterable<Finding> {
  const { args, path, namespace: own } = host;
  if (args.exportTo === undefined) return;
  const scopes = listOf(args.exportTo).map((each) => (each === "." ? own : each));
  for (const [index, each] of scopes.entries()) {
    if (typeof each === "string") yield* namespace(services.namespaces, each, [...path, "exportTo", index]);
  }
  if (scopes.length === 0 || scopes.includes("*") || args.external !== undefined) return;
  const unseen = host.gateways.flatMap((gateway) => {
    const [place = ""] = gateway.split("/");
    if (gateway === "mesh" || (place === own && !known.has(gateway))) return [];
    // Whose pods another's Gateway chooses, its namespace tells at most: its own, or one of Istio's.
    const seers = known.has(gateway) ? [INGRESS_NAMESPACE] : [place, ...ISTIO_NAMESPACES];
    return seers.some((seer) => scopes.includes(seer)) ? [] : [seers[0] ?? ""];
  });
  const [needed] = unseen;
  if (needed === undefined) return;
  const reason = `hides the routes from the gateway, whose pods are in ${needed}, so that it answers 404: add ${needed}`;
  yield { path: [...path, "exportTo"], reason };
}

function* limited({ services }: StackTraffic, host: TrafficHost, service: StackService): Iterable<Finding> {
  const { workload } = mapOf(host.args.rateLimit);
  const here = services.pods.filter((each) => each.namespace === service.namespace);
  const path = [...host.path, "rateLimit"];
  if (host.args.rateLimit === undefined) return;
  const labels = workload === undefined ? { app: service.name } : mapOf(workload);
  const pods = here.filter((each) => carries(each, labels));
  if (pods.length === 0) {
    const reason = `are the labels of no pod in ${service.namespace}, so nothing is limited; those of ${service.name} have app: ${service.name}`;
    yield { path: [...path, "workload"], reason };
  } else if (pods.every((each) => !each.hasSidecar)) {
    yield { path, reason: "has no effect on pods without a sidecar, which is what counts the requests: leave it out" };
  }
}
