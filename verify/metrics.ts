// What the mesh's own metrics say of the requests that were sent: `istio_requests_total`, as Prometheus has it, held against the
// declared shares.
import type { KubeConfig } from "@kubernetes/client-node";
import type { AddonPlace } from "../components/observability/addon.ts";
import { prometheus } from "../components/observability/addons/prometheus.ts";
import { qualified } from "../istio/hosts.ts";
import { sleep } from "../lib/process.ts";
import { publish } from "../lib/publish.ts";
import { podConnections } from "../tools/mesh/podConnection.ts";
import type { HttpRoute } from "../istio/virtualService.ts";
import type { DestinationRule, VirtualService } from "./declared.ts";
import { notVerified, type Check, type Finding } from "./findings.ts";
import { chancesOf, shareCheck } from "./routeChecks.ts";

/** Requests by the version that took them. */
type Counts = ReadonlyMap<string, number>;

/** What Prometheus knows of the mesh. */
export interface Metrics {
  /** Seconds by its clock. */
  now(): Promise<number>;
  /** Requests to the host, by its name in full, since then. */
  requests(host: string, since: number): Promise<Counts>;
}

/** What has not been counted by then, in seconds, is not waited for: Prometheus asks every 15 seconds. */
const PATIENCE = 60;

/** Part of the requests that has to have been counted. */
const COUNTED = 0.98;

/** So far back, in seconds, a count is still what a proxy had counted before: as far as Prometheus itself looks back. */
const LOOKBACK = 300;

/** Asks the stack's Prometheus, for as long as this process runs, and gives the result of the query. */
export async function prometheusAt(
  config: KubeConfig,
  { namespace, service, port, path }: AddonPlace,
): Promise<(query: string) => Promise<unknown>> {
  const local = await publish(prometheus.localPort, podConnections(config, namespace, service, port));
  const base = `http://127.0.0.1:${local}${path.replace(/\/$/, "")}`;
  return async (query) => {
    const answer = await fetch(`${base}/api/v1/query?query=${encodeURIComponent(query)}`);
    const { data, error } = (await answer.json()) as { data?: { result: unknown }; error?: string };
    if (!data) throw new Error(`Prometheus refused a query: ${error ?? `it answered ${answer.status}`}`);
    return data.result;
  };
}

/** What the stack's Prometheus knows of the mesh. */
export async function metricsAt(config: KubeConfig, place: AddonPlace): Promise<Metrics> {
  const ask = await prometheusAt(config, place);
  const now = async () => ((await ask("time()")) as Sample)[0];
  return {
    now,
    async requests(host, since) {
      const window = Math.ceil((await now()) - since) + LOOKBACK;
      // By the clients' proxies, since those know which service was meant.
      const counters = `istio_requests_total{reporter="source",destination_version!="",destination_service="${host}"}`;
      return countedSince((await ask(`${counters}[${window}s]`)) as Series[], since);
    },
  };
}

type Sample = readonly [time: number, value: string];

/** What one proxy has counted, each time it was asked. */
export interface Series {
  readonly metric: { readonly destination_version: string };
  readonly values: readonly Sample[];
}

/** A counter that is less than it was has begun anew, as after a restart of the proxy. */
export function countedSince(series: readonly Series[], since: number): Counts {
  const counts = new Map<string, number>();
  for (const { metric, values } of series) {
    let before = 0;
    let counted = 0;
    for (const [time, value] of values) {
      const count = Number(value);
      if (time > since) counted += count < before ? count : count - before;
      before = count;
    }
    counts.set(metric.destination_version, (counts.get(metric.destination_version) ?? 0) + counted);
  }
  return counts;
}

/** A VirtualService whose one route shares all requests of its host out among versions: there, the metrics of the host can tell. */
export interface Shared {
  readonly virtualService: VirtualService;
  readonly route: HttpRoute;
  /** The host in full. */
  readonly host: string;
  /** Label `version` of the pods of each subset. */
  readonly versions: ReadonlyMap<string, string>;
}

export function sharedIn(
  virtualServices: readonly VirtualService[],
  destinationRules: readonly DestinationRule[],
): Shared[] {
  return virtualServices.flatMap((virtualService) => {
    const { metadata, spec } = virtualService;
    const [route, ...others] = spec.http ?? [];
    const [name] = spec.hosts ?? [];
    if (!route || others.length > 0 || route.match || route.fault || route.mirrors || name === undefined) return [];
    if (chancesOf(route).length === 0) return [];
    const host = qualified(name, metadata.namespace);
    const rules = destinationRules.filter((rule) => qualified(rule.spec.host, rule.metadata.namespace) === host);
    const subsets = rules.flatMap((rule) => rule.spec.subsets ?? []);
    const versions = subsets.flatMap((subset) => {
      const version = subset.labels?.version;
      return version === undefined ? [] : [[subset.name, version] as const];
    });
    return [{ virtualService, route, host, versions: new Map(versions) }];
  });
}

/** Waits until Prometheus has counted what was sent to the host since then, and judges the shares. */
export async function metricsFinding(
  { virtualService, route, host, versions }: Shared,
  sent: number,
  since: number,
  metrics: Pick<Metrics, "requests">,
  alpha: number,
  patience = PATIENCE,
): Promise<Finding> {
  const { kind, metadata } = virtualService;
  const deadline = Date.now() + patience * 1000;
  let counted: Counts;
  let total: number;
  for (;;) {
    counted = await metrics.requests(host, since);
    total = [...counted.values()].reduce((sum, count) => sum + count, 0);
    if (total >= sent * COUNTED || Date.now() > deadline) break;
    await sleep(1000);
  }
  const checks: Check[] =
    total < sent * COUNTED
      ? [notVerified("counted requests", String(sent), `Prometheus counted ${total} of them in ${patience} seconds`)]
      : (route.route ?? []).map(({ destination, weight = 0 }) => {
          const subset = destination.subset ?? "";
          const count = counted.get(versions.get(subset) ?? "") ?? 0;
          return shareCheck(`share of ${subset}, counted`, weight / 100, count, total, alpha);
        });
  return {
    host: virtualService.spec.hosts?.[0] ?? host,
    object: `${kind} ${metadata.namespace}/${metadata.name}`,
    rule: "istio_requests_total",
    from: "Prometheus",
    requests: total,
    checks,
  };
}
