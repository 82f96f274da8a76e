// What the mesh's own metrics say of the requests that were sent: `istio_requests_total`, as Prometheus has it, held against the
// declared shares.
import type { KubeConfig } from "@kubernetes/client-node";
import type { AddonPlace } from "../../components/observability/addon";
import { localPorts } from "../../components/observability/observabilityRules";
import { sleep } from "../../lib/process";
import { publish } from "../../lib/publish";
import { podConnections } from "../mesh/podConnection";
import type { DestinationRule, HttpRoute, VirtualService } from "./declared";
import { notVerified, type Check, type Finding } from "./findings";
import { qualified } from "./policies";
import { chancesOf, shareCheck } from "./routeChecks";

/** Requests by the version that took them, for each host in full. */
export type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** By the clients' proxies, since those know which service was meant. */
const QUERY =
  'sum by (destination_service, destination_version) (istio_requests_total{reporter="source",destination_version!=""})';

/** What has not been counted by then, in seconds, is not waited for: Prometheus asks every 15 seconds. */
const PATIENCE = 60;

/** Part of the requests that has to have been counted. */
const COUNTED = 0.98;

/** Reads the counts, for as long as this process runs. */
export async function countsAt(
  config: KubeConfig,
  { namespace, service, port, path }: AddonPlace,
): Promise<() => Promise<Counts>> {
  const local = await publish(localPorts.prometheus, podConnections(config, namespace, service, port));
  const url = `http://127.0.0.1:${local}${path.replace(/\/$/, "")}/api/v1/query?query=${encodeURIComponent(QUERY)}`;
  return async () => countsIn(await (await fetch(url)).json());
}

interface Answer {
  readonly data: {
    readonly result: readonly {
      readonly metric: { readonly destination_service: string; readonly destination_version: string };
      readonly value: readonly [time: number, count: string];
    }[];
  };
}

export function countsIn(answer: unknown): Counts {
  const counts = new Map<string, Map<string, number>>();
  for (const { metric, value } of (answer as Answer).data.result) {
    const versions = counts.get(metric.destination_service) ?? new Map<string, number>();
    counts.set(metric.destination_service, versions.set(metric.destination_version, Number(value[1])));
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
    const [name] = spec.hosts;
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

/** Waits until Prometheus has counted what was sent to the host since `before`, and judges the shares. */
export async function metricsFinding(
  { virtualService, route, host, versions }: Shared,
  sent: number,
  before: Counts,
  read: () => Promise<Counts>,
  alpha: number,
  patience = PATIENCE,
): Promise<Finding> {
  const { kind, metadata } = virtualService;
  const deadline = Date.now() + patience * 1000;
  let counted: ReadonlyMap<string, number>;
  let total: number;
  for (;;) {
    counted = since(before.get(host), (await read()).get(host));
    total = [...counted.values()].reduce((sum, count) => sum + count, 0);
    if (total >= sent * COUNTED || Date.now() > deadline) break;
    await sleep(1000);
  }
  const checks: Check[] =
    total < sent * COUNTED
      ? [
          notVerified(
            "counted requests",
            String(sent),
            `Prometheus has counted ${total} of them in ${patience} seconds`,
          ),
        ]
      : (route.route ?? []).map(({ destination, weight = 0 }) => {
          const subset = destination.subset ?? "";
          const count = counted.get(versions.get(subset) ?? "") ?? 0;
          return shareCheck(`share of ${subset}, counted`, weight / 100, count, total, alpha);
        });
  return {
    host: virtualService.spec.hosts[0] ?? host,
    object: `${kind} ${metadata.namespace}/${metadata.name}`,
    rule: "istio_requests_total",
    from: "Prometheus",
    requests: total,
    checks,
  };
}

function since(before: ReadonlyMap<string, number> = new Map(), now: ReadonlyMap<string, number> = new Map()) {
  return new Map([...now].map(([version, count]) => [version, count - (before.get(version) ?? 0)]));
}
