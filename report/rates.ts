// How many requests a minute a change concerns, as the mesh's own metrics have counted them: by host and caller, since no metric knows
// paths or headers.
import { z } from "zod";
import { hostText } from "./words.ts";
import type { Moved, TrafficChange } from "./traffic.ts";

/** How many requests a minute a host gets of each caller. */
export interface Rates {
  /** Where the numbers are from, such as `Prometheus, the last hour`; or why there are none. */
  readonly source: string;
  /** By host, then by the caller's account, as `namespace/account`. */
  readonly byHost: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export const noRates = (source: string): Rates => ({ source, byHost: new Map() });

/** What Prometheus answers to a query. */
export type Ask = (query: string) => Promise<unknown>;

const WINDOWS = [
  { window: "1h", words: "the last hour" },
  { window: "1d", words: "the last day" },
];

const answer = z.array(
  z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
);

/** Asks for the last hour, and for the last day where nobody has called anybody within the hour. */
export async function ratesOf(ask: Ask): Promise<Rates> {
  for (const { window, words } of WINDOWS) {
    const counter = `istio_requests_total{reporter="source"}[${window}]`;
    const query = `60 * sum by (destination_service, source_principal) (rate(${counter}))`;
    const byHost = readRates(answer.parse(await ask(query)));
    if (byHost.size > 0) return { source: `Prometheus, ${words}`, byHost };
  }
  return noRates("Prometheus has counted no request in the last day");
}

function readRates(samples: z.infer<typeof answer>): Rates["byHost"] {
  const hosts = new Map<string, Map<string, number>>();
  for (const { metric, value } of samples) {
    const [, namespace, account] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(metric.source_principal ?? "") ?? [];
    const count = Number(value[1]);
    if (namespace === undefined || account === undefined || !(count > 0)) continue;
    const host = hostText(metric.destination_service ?? "");
    const callers = hosts.get(host) ?? new Map<string, number>();
    const caller = `${namespace}/${account}`;
    callers.set(caller, (callers.get(caller) ?? 0) + count);
    hosts.set(host, callers);
  }
  return hosts;
}

/** The traffic with how often each of its rows is asked for, where that is known. */
export const withRates = (traffic: TrafficChange, { byHost }: Rates): TrafficChange => ({
  ...traffic,
  moved: traffic.moved.map((moved) => {
    const perMinute = rateOf(moved, byHost);
    return perMinute === undefined ? moved : { ...moved, perMinute };
  }),
});

function rateOf({ host, clients, accounts }: Moved, byHost: Rates["byHost"]): number | undefined {
  const callers = byHost.get(host);
  if (callers === undefined) return undefined;
  const counted = [...callers].filter(([caller]) => clients.length === 0 || accounts.includes(caller));
  return counted.length === 0 ? undefined : counted.reduce((sum, [, rate]) => sum + rate, 0);
}

/** Such as `about 120/min`. */
export function rateText({ perMinute }: Pick<Moved, "perMinute">): string {
  if (perMinute === undefined) return "";
  return perMinute < 1 ? ", less than 1/min" : `, about ${Number(perMinute.toPrecision(2))}/min`;
}
