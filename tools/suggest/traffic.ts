// Who called whom, as the proxies of the servers have counted it and Prometheus keeps it.
import { z } from "zod";

/** What Prometheus answers to a query. */
export type Ask = (query: string) => Promise<unknown>;

/** What is counted of a protocol. */
export type Unit = "requests" | "connections";

/** A count, with what the server's proxy knew of both sides. */
export interface Counted {
  readonly unit: Unit;
  readonly labels: Readonly<Partial<Record<Label, string>>>;
  readonly count: number;
}

/** @see https://istio.io/latest/docs/reference/config/metrics/ */
const LABELS = [
  "source_principal",
  "source_workload",
  "source_workload_namespace",
  "destination_service_name",
  "destination_service_namespace",
  "destination_canonical_service",
  "destination_workload_namespace",
  "connection_security_policy",
] as const;
type Label = (typeof LABELS)[number];

/** Requests that were refused need nothing: those of gRPC have a status of their own. */
export const COUNTERS: Readonly<Record<Unit, string>> = {
  requests: 'istio_requests_total{reporter="destination",response_code!="403",grpc_response_status!="7"}',
  connections: 'istio_tcp_connections_opened_total{reporter="destination"}',
};

/** The first minute of what Prometheus knows: until its end it has asked every proxy once. */
const FIRST_ROUND = 60;

/** Steps in which the beginning of what Prometheus knows is looked for, each at least as long as proxies are asked apart. */
const STEPS = 500;
const SHORTEST_STEP = 15;

const answer = z.array(
  z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
);

const UNITS = { m: 60, h: 3600, d: 24 * 3600 } as const;

/**
 * A time such as `24h`, in seconds.
 * @throws Error if it is none
 */
export function secondsIn(text: string): number {
  const [, amount, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) {
    throw new Error("SINCE is no time: write minutes, hours or days, such as SINCE=30m, SINCE=24h or SINCE=7d");
  }
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
}

/** The time, in seconds, as people say it. */
export function inWords(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${minutes}m`;
  return rest === 0 ? `${hours}h` : `${hours}h ${rest}m`;
}

/** What was counted, and in how many seconds: Prometheus may not know as much as it is asked for. */
export interface Traffic {
  readonly counted: readonly Counted[];
  readonly seconds: number;
}

/** Asks Prometheus for what was counted in the last seconds. */
export async function trafficOf(ask: Ask, since: number): Promise<Traffic> {
  const seconds = await knownOf(ask, since);
  const counted: Counted[] = [];
  for (const unit of ["requests", "connections"] as const) {
    for (const query of queriesOf(COUNTERS[unit], seconds)) counted.push(...countedIn(unit, await ask(query)));
  }
  return { counted, seconds };
}

/**
 * What a counter has grown by. `increase` leaves out with what a series begins, which is all there is of a caller that has
 * called once: for series that were not there before, that is added.
 */
function queriesOf(counter: string, seconds: number): string[] {
  const of = (counts: string) => `sum by (${LABELS.join(", ")}) (${counts})`;
  const window = `${counter}[${seconds}s]`;
  return [of(`increase(${window})`), of(`min_over_time(${window}) unless ${counter} offset ${seconds}s`)];
}

/** How much of the last seconds Prometheus knows. */
async function knownOf(ask: Ask, since: number): Promise<number> {
  const step = Math.max(SHORTEST_STEP, Math.ceil(since / STEPS));
  const age = answer.parse(await ask(`time() - min(min_over_time(timestamp(up)[${since}s:${step}s]))`));
  const known = Number(age[0]?.value[1] ?? since);
  // What it knew at the first step that was looked at, it may have known before.
  return known > since - step ? since : Math.max(Math.floor(known) - FIRST_ROUND, FIRST_ROUND);
}

/** What Prometheus answered to a query for counts. */
export function countedIn(unit: Unit, result: unknown): Counted[] {
  return answer.parse(result).flatMap(({ metric, value: [, text] }) => {
    // What a counter grows by is reckoned from samples, and comes in parts of one.
    const count = Number(text);
    return count > 0 ? [{ unit, labels: metric, count: Math.max(1, Math.round(count)) }] : [];
  });
}
