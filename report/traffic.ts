// Which requests a change moves, by sending each kind of them through the mesh as it is and as it would be.
import { qualified } from "../istio/hosts.ts";
import { selects } from "../istio/labels.ts";
import { simulate } from "../istio/routing/simulate.ts";
import type { Outcome, Reason } from "../istio/routing/outcome.ts";
import { alphabetical, type Workload, type World } from "../istio/routing/world.ts";
import { clientsOf, samplesAtGateways, samplesInside, servesGateway, type Client, type Sample } from "./requests.ts";
import { hostText, outcomeText } from "./words.ts";

/** Requests that a change treats otherwise. */
export interface Moved {
  /** As people of the cluster call it. */
  readonly host: string;
  readonly port: number;
  /** Empty means everybody in the mesh. */
  readonly clients: readonly string[];
  /** What they run as, as `namespace/account`; none at a gateway, where requests come from outside. */
  readonly accounts: readonly string[];
  readonly requests: readonly string[];
  readonly before: string;
  readonly after: string;
  /** Whether they reached pods and would not any more, for a part of them at least. */
  readonly isLost: boolean;
  /** How many requests a minute the host gets of these clients, where that was counted: those of other kinds are among them. */
  readonly perMinute?: number;
}

export interface TrafficChange {
  readonly moved: readonly Moved[];
  /** Pods that got requests of a host and would get none, as `name.namespace`. */
  readonly losing: readonly string[];
  /** Pods that got requests, and would get nothing but copies of them. */
  readonly copied: readonly string[];
  /** Pods that no request reaches once the change is made, beside gateways. */
  readonly unreached: readonly string[];
  /** Hosts from which nobody gets an answer of pods once the change is made, as people call them. */
  readonly unanswered: readonly string[];
  /** What could not be told, and why. */
  readonly undecided: readonly string[];
  /** How many kinds of requests were compared. */
  readonly compared: number;
}

export function trafficChange(before: World, after: World): TrafficChange {
  const clients = clientsOf(before, after);
  const pods = clients.filter(({ from }) => "pod" in from);
  const gateways = clients.filter(({ from }) => "gateway" in from);
  const asked = [
    ...samplesInside(before, after).flatMap((sample) => pods.map((client) => ({ sample, client }))),
    ...samplesAtGateways(before, after).flatMap((sample) => gateways.map((client) => ({ sample, client }))),
  ];
  const states = [before, after].map((world) => ({ world, present: presentIn(world, clients) }));
  const compared = asked.map(({ sample, client }) => {
    const outcomes = states.map(({ world, present }) => {
      const own = present.get(client);
      return own && simulate(world, sample.make(own));
    });
    return { sample, client, outcomes };
  });
  const when = (index: 0 | 1): Asked => compared.map(({ outcomes }) => outcomes[index]);
  const [then, now] = [when(0), when(1)];
  const [had, has, copies] = [reachedBy(then), reachedBy(now), copiedTo(after, now)];
  const gone = [...had].filter((name) => !has.has(name)).toSorted();
  return {
    moved: movedIn(compared, [namesIn(before), namesIn(after)], pods.filter(({ isInMesh }) => isInMesh).length),
    losing: gone.filter((name) => !copies.has(name)),
    copied: gone.filter((name) => copies.has(name)),
    unreached: after.workloads
      .filter((pod) => pod.isInMesh && !servesGateway(after, pod) && isServed(after, pod))
      .map(nameOf)
      .filter((name) => !has.has(name) && !copies.has(name))
      .toSorted(),
    unanswered: unansweredIn(compared, after),
    undecided: undecidedIn(now),
    compared: asked.length,
  };
}

interface Compared {
  readonly sample: Sample;
  readonly client: Client;
  /** Before and after; undefined where the client is not there. */
  readonly outcomes: readonly (Outcome | undefined)[];
}

/** The clients as a world has them; none for one that is not there. */
function presentIn({ workloads }: World, clients: readonly Client[]): ReadonlyMap<Client, Client> {
  return new Map(
    clients.flatMap((client): [Client, Client][] => {
      const own = "pod" in client.from ? client.from.pod : client.from.gateway;
      const pod = workloads.find(
        ({ namespace, name, kind }) => namespace === own.namespace && name === own.name && kind === own.kind,
      );
      return pod === undefined
        ? []
        : [[client, { ...client, from: "pod" in client.from ? { pod } : { gateway: pod } }]];
    }),
  );
}

/** The hosts that services have. */
const namesIn = ({ services }: World): ReadonlySet<string> => new Set(services.map(({ hostname }) => hostname));

/**
 * @param names - of the services before and after
 * @param inMesh - how many clients have a proxy, so that routes hold for them
 */
function movedIn(
  compared: readonly Compared[],
  names: readonly [ReadonlySet<string>, ReadonlySet<string>],
  inMesh: number,
): Moved[] {
  const rows = new Map<
    string,
    { sample: Sample; clients: Set<Client>; before: string; after: string; isLost: boolean; isDoor: boolean }
  >();
  for (const { sample, client, outcomes } of compared) {
    const [one, other] = outcomes;
    // Requests of a client that comes or goes move nowhere.
    if (one === undefined || other === undefined) continue;
    const isDoor = "gateway" in client.from;
    const [isOld, isLeft] = names.map((all) => isDoor || all.has(sample.host));
    const before = isOld === true ? outcomeText(one, sample.host) : NO_HOST;
    const after = isLeft === true ? outcomeText(other, sample.host) : NO_HOST;
    if (before === after) continue;
    const key = [sample.host, sample.port, sample.text, before, after, isDoor].join("\n");
    const row = rows.get(key) ?? { sample, clients: new Set(), before, after, isLost: false, isDoor };
    row.clients.add(client);
    row.isLost ||= isOld === true && served(one) > (isLeft === true ? served(other) : 0) + 1e-9;
    rows.set(key, row);
  }
  const moved = new Map<string, Moved>();
  for (const { sample, clients, before, after, isLost, isDoor } of rows.values()) {
    const isAll = !isDoor && clients.size >= inMesh;
    const names = isAll ? [] : [...clients].map(({ name }) => name).toSorted();
    const accounts = isDoor ? [] : [...new Set([...clients].map(accountOf))].toSorted();
    const key = [sample.host, sample.port, names.join(), before, after].join("\n");
    const known = moved.get(key);
    moved.set(key, {
      host: hostText(sample.host),
      port: sample.port,
      clients: names,
      accounts,
      requests: [...(known?.requests ?? []), sample.text],
      before,
      after,
      isLost: isLost || known?.isLost === true,
    });
  }
  return [...moved.values()].toSorted(
    (one, other) =>
      alphabetical(one.host, other.host) ||
      one.port - other.port ||
      alphabetical(one.clients.join(), other.clients.join()),
  );
}

function accountOf({ from }: Client): string {
  const { namespace, serviceAccount } = "pod" in from ? from.pod : from.gateway;
  return `${namespace}/${serviceAccount}`;
}

/** What a name means that no service has: the request would leave the mesh. */
const NO_HOST = "no such host";

/** Part of the requests that pods or hosts outside get. */
const served = (outcome: Outcome | undefined): number =>
  (outcome?.results ?? []).reduce(
    (sum, { kind, share }) => sum + (kind === "sent" || kind === "unmanaged" ? share : 0),
    0,
  );

type Asked = readonly (Outcome | undefined)[];

function reachedBy(outcomes: Asked): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const outcome of outcomes) {
    for (const result of outcome?.results ?? []) {
      if (result.kind !== "sent" || result.share === 0) continue;
      for (const workload of result.workloads) reached.add(nameOf(workload));
    }
  }
  return reached;
}

/** Pods that get copies of requests, whose answers nobody waits for. */
function copiedTo(world: World, outcomes: Asked): ReadonlySet<string> {
  const copies = new Map<string, { host: string; subset: string | undefined }>();
  for (const outcome of outcomes) {
    for (const result of outcome?.results ?? []) {
      if (result.kind !== "sent" || result.share === 0) continue;
      for (const { host, subset, percentage } of result.mirrors)
        if (percentage > 0) copies.set(JSON.stringify([host, subset]), { host, subset });
    }
  }
  const pods = [...copies.values()].flatMap(({ host, subset }) => {
    const labels = world.destinationRules
      .filter((rule) => qualified(rule.spec.host, rule.namespace) === host)
      .flatMap(({ spec }) => spec.subsets ?? [])
      .find(({ name }) => name === subset)?.labels;
    const backends = world.services.find(({ hostname }) => hostname === host)?.backends ?? [];
    return backends.flatMap((backend) => (selects(labels ?? {}, backend.labels) ? (backend.workload ?? []) : []));
  });
  return new Set(pods.map(nameOf));
}

/** What is not known may be an answer. */
function unansweredIn(compared: readonly Compared[], after: World): string[] {
  const names = namesIn(after);
  const hosts = new Map<string, boolean>();
  for (const { sample, client, outcomes } of compared) {
    const outcome = outcomes[1];
    if (outcome === undefined || ("pod" in client.from && !names.has(sample.host))) continue;
    const isAnswered = outcome.results.some(
      ({ kind, share }) => share > 0 && ["sent", "unmanaged", "undecided"].includes(kind),
    );
    const isLed = outcome.results.some((result) => result.kind === "answered" && LEADS_ON.includes(result.reason));
    const text = hostText(sample.host);
    hosts.set(text, hosts.get(text) === true || isAnswered || isLed);
  }
  return [...hosts].flatMap(([host, isAnswered]) => (isAnswered ? [] : [host])).toSorted();
}

/** Answers of a proxy that somebody wrote on purpose. */
const LEADS_ON: readonly Reason[] = ["redirect", "https redirect", "direct response"];

const nameOf = ({ name, namespace }: Workload) => `${name}.${namespace}`;

/** Whether a service leads to the pods at all. */
const isServed = ({ services }: World, pod: Workload) =>
  services.some(
    ({ ports, backends }) =>
      ports.some(({ protocol }) => protocol !== "tcp") && backends?.some(({ workload }) => workload === pod),
  );

function undecidedIn(outcomes: readonly (Outcome | undefined)[]): string[] {
  const reasons = outcomes.flatMap((outcome) =>
    (outcome?.results ?? []).flatMap((result) => (result.kind === "undecided" ? [result.because] : [])),
  );
  return [...new Set(reasons)].toSorted();
}
