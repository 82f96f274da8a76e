// Whether the nodes of a cluster have what the pods of a stack ask for: said before anything waits for them.
import type { CoreV1Api, V1Node, V1Pod } from "@kubernetes/client-node";
import { replicasOf, requestsOf } from "../../components/application/workload.ts";
import { ISTIO_NAMESPACES } from "../../components/istio/namespace.ts";
import type { Profile } from "../../components/profile.ts";
import type { VersionArgs } from "../../components/application/service.ts";
import { Draft } from "../../settings/draft.ts";
import { mapOf, type Untrusted } from "../../lib/untrusted.ts";

/** What pods ask for, or nodes have: CPUs, and bytes of memory. */
export interface Amount {
  readonly cpu: number;
  readonly memory: number;
}

/** What the charts of the pinned version ask for one pod, where the stack file does not say; a test renders them. */
export const chartRequests = {
  demo: { istiod: { cpu: "10m", memory: "100Mi" }, proxy: { cpu: "10m", memory: "40Mi" } },
  production: { istiod: { cpu: "500m", memory: "2048Mi" }, proxy: { cpu: "100m", memory: "128Mi" } },
} as const satisfies Record<Profile, unknown>;

/**
 * What the pods of a stack ask for at least. The tools that look at the mesh are left out, and so is what the stack
 * file says only in values of a chart under other names.
 * @param settings by the name of the section, e.g. `istio`; they have been checked
 */
export function requested(settings: Untrusted): Amount {
  const profile: Profile = settings.profile === "production" ? "production" : "demo";
  const istio = mapOf(settings.istio);
  const values = mapOf(istio.values);
  const istiodValues = { ...mapOf(values.istiod), ...mapOf(mapOf(values.istiod).pilot) };
  const { istiod, proxy } = chartRequests[profile];
  const sidecar = requestsIn(mapOf(mapOf(istiodValues.global).proxy), proxy);
  const instances = profile === "production" ? 2 : 1;
  return total([
    times(wholeNumber(istiodValues.autoscaleMin) ?? instances, requestsIn(istiodValues, istiod)),
    ...(["ingressGateway", "egressGateway"] as const).map((name) => {
      const gateway = mapOf(istio[name]);
      if (gateway.enabled === false) return NOTHING;
      const pods = wholeNumber(mapOf(gateway.autoscaling).min) ?? wholeNumber(gateway.replicas) ?? instances;
      return times(pods, requestsIn(mapOf(values[name]), proxy));
    }),
    ...new Draft(settings).applications.flatMap(({ services }) =>
      Object.values(services).flatMap((service) =>
        Object.values(mapOf(mapOf(service).versions)).map((version) => {
          const args = mapOf(version) as Partial<VersionArgs>;
          const pod = total([amountOf(requestsOf(args, profile)), args.sidecar === false ? NOTHING : sidecar]);
          return times(replicasOf(args as VersionArgs, profile), pod);
        }),
      ),
    ),
  ]);
}

/**
 * What the nodes have for the stack: all that they give to pods, less what other pods ask for. Nodes that are about to be ready
 * count. Nothing is known of a cluster in which no node has shown up yet.
 * @param namespaces those of the stack's own pods
 */
export async function available(api: CoreV1Api, namespaces: readonly string[]): Promise<Amount | undefined> {
  const [nodes, pods] = await Promise.all([api.listNode(), api.listPodForAllNamespaces()]);
  if (nodes.items.length === 0) return undefined;
  const open = nodes.items.filter(takesPods);
  const names = new Set(open.map(({ metadata }) => metadata?.name));
  const others = pods.items.filter(
    ({ metadata, spec, status }) =>
      names.has(spec?.nodeName) &&
      !namespaces.includes(metadata?.namespace ?? "") &&
      !["Succeeded", "Failed"].includes(status?.phase ?? ""),
  );
  const has = total(open.map(({ status }) => amountOf(status?.allocatable ?? {})));
  const taken = total(others.map(podRequests));
  return { cpu: has.cpu - taken.cpu, memory: has.memory - taken.memory };
}

/** The namespaces in which a stack has pods, each once. */
export const namespacesOf = (settings: Untrusted): string[] => [
  ...new Set([...ISTIO_NAMESPACES, ...new Draft(settings).namespaces]),
];

/** In words, what the nodes lack; nothing if they have enough. */
export function shortage(asked: Amount, there: Amount): string | undefined {
  if (asked.cpu <= there.cpu && asked.memory <= there.memory) return undefined;
  return `the Pods of this stack request at least ${inWords(asked)}, but the nodes have ${inWords(there)} available`;
}

/** Taints of a node that has just come, and that go by themselves. */
const OF_NEW_NODES = [
  "node.kubernetes.io/not-ready",
  "node.kubernetes.io/network-unavailable",
  "node.cloudprovider.kubernetes.io/uninitialized",
];

/** Whether a node takes pods, or will; of one that has stopped to report, its condition is not known. */
const takesPods = ({ spec, status }: V1Node): boolean =>
  spec?.unschedulable !== true &&
  (spec?.taints ?? []).every(({ key, effect }) => effect === "PreferNoSchedule" || OF_NEW_NODES.includes(key)) &&
  (status?.conditions ?? []).every((condition) => condition.type !== "Ready" || condition.status !== "Unknown");

/** Sidecars are init containers that go on running; other init containers end before the pod's own begin. */
function podRequests({ spec }: V1Pod): Amount {
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === "Always");
  return total([...(spec?.containers ?? []), ...sidecars].map(({ resources }) => amountOf(resources?.requests ?? {})));
}

const NOTHING: Amount = { cpu: 0, memory: 0 };

function requestsIn(values: Untrusted, standard: Readonly<Record<string, string>>): Amount {
  return amountOf({ ...standard, ...(mapOf(mapOf(values.resources).requests) as Record<string, string>) });
}

const amountOf = ({ cpu, memory }: { readonly cpu?: string; readonly memory?: string }): Amount => ({
  cpu: quantity(cpu),
  memory: quantity(memory),
});

const SUFFIXES: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** A quantity as Kubernetes writes it; 0 for what is none. */
function quantity(text: string | number = 0): number {
  const [, number, suffix = ""] = /^([\d.]+(?:e[+-]?\d+)?)([a-z]*)$/i.exec(`${text}`) ?? [];
  const value = Number(number) * (suffix === "" ? 1 : (SUFFIXES[suffix] ?? Number.NaN));
  return Number.isFinite(value) ? value : 0;
}

const wholeNumber = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isInteger(value) ? value : undefined;

const times = (count: number, { cpu, memory }: Amount): Amount => ({ cpu: count * cpu, memory: count * memory });

const total = (amounts: readonly Amount[]): Amount =>
  amounts.reduce((sum, { cpu, memory }) => ({ cpu: sum.cpu + cpu, memory: sum.memory + memory }), NOTHING);

const inWords = ({ cpu, memory }: Amount): string =>
  `${Math.max(0, Math.round(cpu * 100) / 100)} CPUs and ${Math.max(0, Math.round(memory / 2 ** 20))} MiB of memory`;
