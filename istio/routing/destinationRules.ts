// Which DestinationRule holds for a host, and what it says of a subset: see pilot/pkg/model/push_context.go and
// destination_rule.go of Istio's source.
import type { DestinationRuleSpec, TrafficPolicy } from "../generated/specs.ts";
import { covers, qualified } from "../hosts.ts";
import { selects } from "../labels.ts";
import { byAge, isSeen, type DestinationRule, type Service, type Workload, type World } from "./world.ts";

export type Subset = NonNullable<DestinationRuleSpec["subsets"]>[number];

/** What holds for a host: several objects for one host are one, of which the oldest has the policy. */
export interface HostRules {
  readonly rules: readonly DestinationRule[];
  readonly subsets: readonly { readonly subset: Subset; readonly rule: DestinationRule; readonly index: number }[];
  readonly policy: { readonly policy: TrafficPolicy; readonly rule: DestinationRule } | undefined;
}

/** What pods know of a host: from their own namespace, else from that of the service, else from the root namespace. */
export function rulesFor(world: World, service: Service, pod: Workload): HostRules | undefined {
  const { rootNamespace, defaultScopes } = world.mesh;
  const standard = defaultScopes.destinationRule;
  const isPrivate = ({ spec, namespace }: DestinationRule) =>
    !isSeen(spec.exportTo, standard, namespace, "") && isSeen(spec.exportTo, standard, namespace, namespace);
  const places = [
    { namespace: pod.namespace, takes: (rule: DestinationRule) => pod.namespace !== rootNamespace || isPrivate(rule) },
    { namespace: service.namespace, takes: () => true },
    { namespace: rootNamespace, takes: () => true },
  ];
  for (const { namespace, takes } of places) {
    const all = candidates(world, namespace, service.hostname).filter(
      ({ rule }) => takes(rule) && isSeen(rule.spec.exportTo, standard, namespace, pod.namespace),
    );
    const found = mostSpecific(all);
    if (found.length > 0) return chosen(found, pod);
  }
  return undefined;
}

/** A rule with its host in full. */
interface ForHost {
  readonly rule: DestinationRule;
  readonly host: string;
}

/** The rules of a namespace, by their hosts; wildcards stand together. */
interface Index {
  readonly exact: ReadonlyMap<string, readonly ForHost[]>;
  readonly wide: readonly ForHost[];
}

/** A world is asked for each of its hosts: its rules are put in order once. */
const indices = new WeakMap<World, ReadonlyMap<string, Index>>();

/** The rules of a namespace whose hosts cover the service. */
function candidates(world: World, namespace: string, hostname: string): readonly ForHost[] {
  const index = indexOf(world).get(namespace);
  if (index === undefined) return [];
  return [...(index.exact.get(hostname) ?? []), ...index.wide.filter(({ host }) => covers(host, hostname))];
}

function indexOf(world: World): ReadonlyMap<string, Index> {
  const known = indices.get(world);
  if (known !== undefined) return known;
  const byNamespace = new Map<string, { exact: Map<string, ForHost[]>; wide: ForHost[] }>();
  for (const rule of world.destinationRules) {
    const own = byNamespace.get(rule.namespace) ?? { exact: new Map<string, ForHost[]>(), wide: [] };
    byNamespace.set(rule.namespace, own);
    const host = qualified(rule.spec.host, rule.namespace);
    if (host.startsWith("*")) own.wide.push({ rule, host });
    else own.exact.set(host, [...(own.exact.get(host) ?? []), { rule, host }]);
  }
  indices.set(world, byNamespace);
  return byNamespace;
}

/** Of rules that cover a host: the host itself, which is longest, before wildcards. */
function mostSpecific(rules: readonly ForHost[]): readonly DestinationRule[] {
  const hosts = rules.map(({ host }) => host);
  const best =
    hosts.find((host) => !host.startsWith("*")) ?? hosts.toSorted((one, other) => other.length - one.length)[0];
  return rules
    .filter(({ host }) => host === best)
    .map(({ rule }) => rule)
    .toSorted(byAge);
}

/** One that selects the pods goes before those for all. */
function chosen(rules: readonly DestinationRule[], pod: Workload): HostRules | undefined {
  const selector = ({ spec }: DestinationRule) => spec.workloadSelector?.matchLabels;
  const own = rules.filter(
    (rule) =>
      selector(rule) !== undefined && rule.namespace === pod.namespace && selects(selector(rule) ?? {}, pod.labels),
  );
  const same = own.filter((rule) => JSON.stringify(selector(rule)) === JSON.stringify(own[0] && selector(own[0])));
  const all = rules.filter((rule) => rule.spec.workloadSelector === undefined);
  const merged = same.length > 0 ? same : all;
  if (merged.length === 0) return undefined;
  const subsets: { subset: Subset; rule: DestinationRule; index: number }[] = [];
  for (const rule of merged) {
    for (const [index, subset] of (rule.spec.subsets ?? []).entries()) {
      if (!subsets.some((known) => known.subset.name === subset.name)) subsets.push({ subset, rule, index });
    }
  }
  const first = merged.find(({ spec }) => spec.trafficPolicy !== undefined);
  const policy = first?.spec.trafficPolicy && { policy: first.spec.trafficPolicy, rule: first };
  return { rules: merged, subsets, policy };
}

/** The policy that holds at a port: that of the host, over it that of the subset, and those of the port over both. */
export function policyAt({ policy, subsets }: HostRules, name: string | undefined, port: number): TrafficPolicy {
  const subset = subsets.find((one) => one.subset.name === name)?.subset.trafficPolicy;
  const own = atPort(policy?.policy, port);
  return subset === undefined ? own : merged(own, subset, port);
}

type PortPolicy = Pick<TrafficPolicy, "connectionPool" | "loadBalancer" | "outlierDetection" | "tls">;

function atPort(policy: TrafficPolicy | undefined, port: number): TrafficPolicy {
  const own = policy?.portLevelSettings?.find((one) => one.port?.number === port);
  return own === undefined ? (policy ?? {}) : { ...policy, ...wholly(own) };
}

/** What a port does not say falls back to Istio's defaults, not to what the host says. */
const wholly = ({ connectionPool, loadBalancer, outlierDetection, tls }: PortPolicy) =>
  ({ connectionPool, loadBalancer, outlierDetection, tls }) as PortPolicy;

function merged(own: TrafficPolicy, subset: TrafficPolicy, port: number): TrafficPolicy {
  const ofPort = subset.portLevelSettings?.find((one) => one.port?.number === port);
  return { ...own, ...subset, ...(ofPort && wholly(ofPort)) };
}
