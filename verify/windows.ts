// Limits that are counted for all pods together, in windows of the clock.
import { load } from "js-yaml";
import type { Descriptor } from "../components/traffic/rateLimit/meshRateLimit.ts";
import { mapOf } from "../lib/untrusted.ts";
import type { ConfigMap, EnvoyFilter } from "./declared.ts";

/** How many requests may pass. */
export interface Allowed {
  readonly low: number;
  readonly high: number;
}

/** So many requests in each of the windows of so many seconds into which the clock is divided. */
export interface Window {
  readonly requests: number;
  readonly seconds: number;
}

const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/** The name by which an EnvoyFilter has requests counted; nothing if it has not. */
export function domainOf({ spec }: EnvoyFilter): string | undefined {
  return spec.configPatches
    ?.map(({ patch }) => mapOf(mapOf(patch?.value).typed_config))
    .flatMap((config) =>
      String(config["@type"]).endsWith(".http.ratelimit.v3.RateLimit") ? [String(config.domain)] : [],
    )[0];
}

/** The limit of all requests, as the service is told it: where headers count apart, that of requests without the header. */
export function windowOf(filter: EnvoyFilter, configMaps: readonly ConfigMap[]): Window | undefined {
  const domain = domainOf(filter);
  const file = configMaps.flatMap(({ data }) => data?.[`${domain}.yaml`] ?? [])[0];
  if (domain === undefined || file === undefined) return undefined;
  const { descriptors } = load(file) as { readonly descriptors: readonly Descriptor[] };
  const all = descriptors.find(({ value }) => value === "all");
  const limit = all?.rate_limit ?? all?.descriptors?.find(({ value }) => value !== undefined)?.rate_limit;
  const seconds = limit && SECONDS[limit.unit];
  return limit && seconds !== undefined ? { requests: limit.requests_per_unit, seconds } : undefined;
}

/** Seconds until the next window begins; the time is in milliseconds. */
export const untilNext = ({ seconds }: Window, now: number): number => seconds - ((now / 1000) % seconds);

/** How many of a burst get through: a window's worth at least, and another for each that has begun meanwhile. */
export function allowedIn({ requests, seconds }: Window, start: number, end: number): Allowed {
  const place = (time: number) => Math.floor(time / 1000 / seconds);
  return { low: requests, high: requests * (1 + place(end) - place(start)) };
}
