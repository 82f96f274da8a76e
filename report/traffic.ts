// Which requests a change moves, by sending each kind of them through the mesh as it is and as it would be.
import { simulate } from "../istio/routing/simulate.ts";
import type { Outcome } from "../istio/routing/outcome.ts";
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
  readonly requests: readonly string[];
  readonly before: string;
  readonly after: string;
  /** Whether they reached pods and would not any more, for a part of them at least. */
  readonly isLost: boolean;
}

export interface TrafficChange {
  readonly moved: readonly Moved[];
  /** Pods that got requests of a host and would get none, as `name.namespace`. */
  readonly losing: readonly string[];
  /** Pods that no request reaches once the change is made, beside gateways. */
  readonly unreached: readonly string[];
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
  const had = reachedBy(compared.map(({ outcomes }) => outcomes[0]));
  const has = reachedBy(compared.map(({ outcomes }) => outcomes[1]));
  return {
    moved: movedIn(compared, [namesIn(before), namesIn(after)], pods.filter(({ isInMesh }) => isInMesh).length),
    losing: [...had].filter((name) => !has.has(name)).toSorted(),
    unreached: after.workloads
      .filter((pod) => pod.isInMesh && !servesGateway(after, pod) && isServed(after, pod))
      .map(nameOf)
      .filter((name) => !has.has(name))
      .toSorted(),
    undecided: undecidedIn(compared.map(({ outcomes }) => outcomes[1])),
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
    { sample: Sample; clients: Set<string>; before: string; after: string; isLost: boolean; isDoor: boolean }
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
    row.clients.add(client.name);
    row.isLost ||= isOld === true && served(one) > (isLeft === true ? served(other) : 0) + 1e-9;
    rows.set(key, row);
  }
  const moved = new Map<string, Moved>();
  for (const { sample, clients, before, after, isLost, isDoor } of rows.values()) {
    const isAll = !isDoor && clients.size >= inMesh;
    const names = isAll ? [] : [...clients].toSorted();
    const key = [sample.host, sample.port, names.join(), before, after].join("\n");
    const known = moved.get(key);
    moved.set(key, {
      host: hostText(sample.host),
      port: sample.port,
      clients: names,
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

/** What a name means that no service has: the request would leave the mesh. */
const NO_HOST = "no such host";

/** Part of the requests that pods or hosts outside get. */
const served = (outcome: Outcome | undefined): number =>
  (outcome?.results ?? []).reduce(
    (sum, { kind, share }) => sum + (kind === "sent" || kind === "unmanaged" ? share : 0),
    0,
  );

function reachedBy(outcomes: readonly (Outcome | undefined)[]): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const outcome of outcomes) {
    for (const result of outcome?.results ?? []) {
      if (result.kind !== "sent" || result.share === 0) continue;
      for (const workload of result.workloads) reached.add(nameOf(workload));
    }
  }
  return reached;
}

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
