import * as field from "../../../lib/schema/fields.ts";
import { mapOf, type Untrusted } from "../../../lib/untrusted.ts";
import { reporting, type Report } from "../../arguments.ts";
import { durationThat, milliseconds, type Duration } from "../durations.ts";
import { headerName } from "../headerFields.ts";
import { limit } from "../numbers.ts";
import { uriMatch, type StringMatch } from "../routing/comparisons.ts";
import { podSelector, type PodLabels } from "../routing/matches.ts";

/** Where requests are counted. */
export const limitScopes = ["pod", "mesh"] as const;
export type LimitScope = (typeof limitScopes)[number];

/** A number of requests in a length of time. */
export interface Rate {
  /** Requests that get through in each `per`. */
  readonly requests: number;
  /** Length of time, at least 50 ms; with `scope: mesh` one of `1s`, `1m`, `1h` and `24h`. */
  readonly per: Duration;
  /**
   * Requests that get through at once, after a pause; not with `scope: mesh`, which counts in windows of the clock.
   * @default - `requests`
   */
  readonly burst?: number;
  /**
   * Header of which each value has a count of its own, such as `x-api-key`; with `scope: mesh` only. Requests without it share
   * one count. Clients can set any header: name one that is checked before the request comes here.
   * @default - all requests share one count
   */
  readonly perHeader?: string;
}

/** The requests that a limit of a route is for. */
export interface LimitedRequests {
  /**
   * Path of the request, without the query.
   * @default - every path
   */
  readonly uri?: StringMatch;
  /**
   * Such as `POST`.
   * @default - every method
   */
  readonly method?: string;
}

/** How many requests a service takes, as plain data. What goes beyond is answered with 429. */
export interface RateLimitOptions extends Rate {
  /**
   * Where requests are counted. `pod`: by each pod in its own sidecar, so that three pods take three times as many. `mesh`: once
   * for all pods, by the rate limit service that `mesh:rateLimitService` describes, in windows that begin with the second, minute,
   * hour or day of the clock (UTC); requests that authorization refuses do not count.
   * @default "pod"
   */
  readonly scope?: LimitScope;

  /**
   * Labels of the pods.
   * @default - `app`, with the name of the service as its value
   */
  readonly workload?: PodLabels;

  /**
   * Tighter limits by name of the route, for some of the requests; they count for the limit of all too.
   * @default - the same limit for all
   */
  readonly routes?: Readonly<
    Record<
      string,
      Rate & {
        /** The requests that it is for. */
        readonly match: LimitedRequests;
      }
    >
  >;
}

const perError = "must be a duration of 50 ms or more, such as 1s or 1m";
const rate = {
  requests: limit,
  per: durationThat((length) => length >= 50, perError),
  burst: limit.exactOptional(),
  perHeader: headerName.exactOptional(),
};

const hasRoom = ({ burst, requests }: { burst?: unknown; requests?: unknown }) => !field.isLess(burst, requests);
const noRoom = { path: ["burst"], error: "must not be less than requests", ...field.always };

const route = field
  .section({
    ...rate,
    match: field
      .section({
        uri: uriMatch.exactOptional(),
        method: field.text(/^[A-Z]+$/, "must be a method in capital letters, such as POST").exactOptional(),
      })
      .refine((match) => Object.keys(match).length > 0, { error: "must have uri or method", ...field.always }),
  })
  .refine(hasRoom, noRoom);

/** Schema of `RateLimitOptions`. */
export const rateLimitRules = field
  .section({
    scope: field.oneOf(limitScopes).exactOptional(),
    ...rate,
    workload: podSelector.exactOptional(),
    routes: field.named(field.dnsLabel, route, "names of routes to limits").exactOptional(),
  })
  .refine(hasRoom, noRoom)
  .superRefine((all, context) => {
    const report = reporting(context);
    const limits = [
      { path: [], rate: mapOf(all) },
      ...Object.entries(mapOf(all.routes)).map(([name, each]) => ({ path: ["routes", name], rate: mapOf(each) })),
    ];
    for (const each of limits) checkScope(mapOf(all).scope, each, report);
    for (const { path, rate } of limits.slice(1)) {
      if (!isLooser(rate, all)) continue;
      report(
        [...path, "requests"],
        "is above the limit of all requests, which is reached first: set fewer requests, or a longer time",
      );
    }
  }, field.always);

/** The windows in which the rate limit service counts, by their lengths in milliseconds. */
export const WINDOWS: ReadonlyMap<number, "second" | "minute" | "hour" | "day"> = new Map([
  [1000, "second"],
  [60_000, "minute"],
  [3_600_000, "hour"],
  [86_400_000, "day"],
]);

/** Pods and the service count in different ways. */
function checkScope(
  scope: unknown,
  { path, rate: { burst, per, perHeader } }: { readonly path: readonly string[]; readonly rate: Untrusted },
  report: Report,
): void {
  if (scope === "mesh") {
    if (burst !== undefined) {
      const reason = "has no place beside scope: mesh, which counts in windows of the clock: leave it out";
      report([...path, "burst"], reason);
    }
    const length = milliseconds(per);
    if (length >= 50 && !WINDOWS.has(length)) {
      report([...path, "per"], "must be 1s, 1m, 1h or 24h beside scope: mesh, which counts in windows of the clock");
    }
  } else if (perHeader !== undefined && (scope === undefined || scope === "pod")) {
    report([...path, "perHeader"], "needs scope: mesh, since a pod counts all requests together");
  }
}

/** Whether a limit lets pass what another has stopped already, after a pause and in the long run. */
function isLooser(one: Untrusted, other: Untrusted): boolean {
  // Each value of a header may get as far as the limit.
  if (other.perHeader !== undefined && other.perHeader !== one.perHeader) return false;
  const number = (value: unknown) => (typeof value === "number" ? value : Number.NaN);
  const perSecond = ({ requests, per }: Untrusted) => number(requests) / milliseconds(per);
  const atOnce = ({ requests, burst = requests }: Untrusted) => number(burst);
  return perSecond(one) > perSecond(other) && atOnce(one) >= atOnce(other);
}
