import { z } from "zod";
import type { Destination } from "../../../istio/generated/specs.ts";
import type { HttpDestination, Mirror } from "../../../istio/virtualService.ts";
import { defined } from "../../../lib/defined.ts";
import * as field from "../../../lib/schema/fields.ts";
import { headerOperations, type HeaderOperations } from "../headerFields.ts";
import { percentage } from "../numbers.ts";

/** A service, or some of its pods. */
export type Target<Subset extends string> =
  | {
      readonly host?: never;
      /** @default - all versions */
      readonly subset?: Subset;
      /** @default - the port that the client calls */
      readonly port?: number;
    }
  | {
      /** Another service, as one calls it from the namespace of this one. */
      readonly host: string;
      /**
       * A subset of that service.
       * @default - all versions
       */
      readonly subset?: string;
      /**
       * Port of that service.
       * @default - the port that the client calls
       */
      readonly port?: number;
    };

/** A target and its share of the requests. */
export type DestinationArgs<Subset extends string> = Target<Subset> & {
  /**
   * Share in percent; the shares of a route sum to 100.
   * @default - 100, where it is the only one
   */
  readonly weight?: number;

  /**
   * Changes of headers of these requests only.
   * @default - none beside those of the route
   */
  readonly headers?: HeaderOperations;
};

/** Where the requests of a route go: shares by subset, in percent, or a list that can name other services too. */
export type Destinations<Subset extends string> =
  Readonly<Partial<Record<Subset, number>>> | readonly DestinationArgs<Subset>[];

/** A copy of requests, whose answers nobody waits for. */
export type MirrorArgs<Subset extends string> = Target<Subset> & {
  /**
   * Share of the requests that are copied, in percent.
   * @default 100
   */
  readonly percentage?: number;
};

const destinationHost = field.hostOrWildcard(
  "must be a host as one calls it, such as ratings or ratings.bookinfo.svc.cluster.local",
);
const share = field.wholeNumber(0, 100, "a share, a whole number of percent");

const target = {
  host: destinationHost.exactOptional(),
  subset: field.dnsLabel.exactOptional(),
  port: field.port.exactOptional(),
};

/** The rule that shares sum to 100. A share that is wrong by itself says so itself. */
function sumsToHundred(shares: readonly unknown[], context: z.core.$RefinementCtx): void {
  if (!shares.every((each) => typeof each === "number" && Number.isInteger(each))) return;
  const sum = (shares as number[]).reduce((total, each) => total + each, 0);
  if (sum !== 100)
    context.issues.push({
      code: "custom",
      message: `must be shares that sum to 100, not to ${sum}`,
      input: shares,
      path: [],
    });
}

const shares = field.named(field.dnsLabel, share, "subsets to shares in percent").superRefine((all, context) => {
  sumsToHundred(Object.values(all), context);
}, field.always);

function list(destination: z.ZodType) {
  return z
    .array(destination, { error: "must be a list of destinations" })
    .min(1, { error: "must have one destination or more" })
    .superRefine(
      (all, context) => {
        const weights = all.map((each) => (Object(each) as { weight?: unknown }).weight);
        if (weights.length === 1 && weights[0] === undefined) return;
        for (const [index, weight] of weights.entries()) {
          if (weight === undefined) {
            context.addIssue({
              code: "custom",
              path: [index, "weight"],
              message: "is missing beside other destinations",
            });
          }
        }
        sumsToHundred(weights, context);
      },
      { when: ({ value }) => Array.isArray(value) },
    );
}

/** A map of shares, or a list. */
const sharesOr = (destinations: z.ZodType) =>
  field.byKind<Destinations<string>>(
    { map: shares, list: destinations },
    "must be a map from subsets to shares in percent, such as { v1: 90, v2: 10 }, or a list of destinations",
  );

export const httpDestinations = sharesOr(
  list(field.section({ ...target, weight: share.exactOptional(), headers: headerOperations.exactOptional() })),
);
export const plainDestinations = sharesOr(list(field.section({ ...target, weight: share.exactOptional() })));

export const mirrors = z
  .array(field.section({ ...target, percentage: percentage.exactOptional() }), { error: "must be a list of mirrors" })
  .min(1, { error: "must have one mirror or more" });

/** A subset of the service itself that something names, and where it does. */
export interface NamedSubset {
  readonly path: readonly PropertyKey[];
  readonly subset: string;
}

/** The subsets of the service's own that destinations name. The value may be wrong: what is none says nothing. */
export function* namedSubsets(destinations: unknown, path: readonly PropertyKey[]): Iterable<NamedSubset> {
  if (Array.isArray(destinations)) {
    for (const [index, each] of destinations.entries()) {
      const { host, subset } = Object(each) as { host?: unknown; subset?: unknown };
      if (host === undefined && typeof subset === "string") yield { path: [...path, index, "subset"], subset };
    }
  } else if (typeof destinations === "object" && destinations !== null) {
    for (const subset of Object.keys(destinations)) yield { path: [...path, subset], subset };
  }
}

/** A destination as Istio writes it. */
export function targetSpec(host: string, { host: other, subset, port }: Target<string>): Destination {
  return defined<Destination>({
    host: other ?? host,
    subset,
    port: port === undefined ? undefined : { number: port },
  });
}

/**
 * Destinations as Istio writes them, in the order of the arguments. A share of 0 stays, so that a preview shows a step
 * as changed numbers and a canary controller finds both its ends.
 */
export function destinationSpecs(host: string, destinations: Destinations<string> = [{}]) {
  return listOf(destinations).map(({ weight, headers, ...to }) =>
    defined<HttpDestination>({ destination: targetSpec(host, to), weight, headers }),
  );
}

function listOf(destinations: Destinations<string>): readonly DestinationArgs<string>[] {
  if (isList(destinations)) return destinations;
  return Object.entries(destinations).map(([subset, weight]) => ({ subset, weight: weight ?? 0 }));
}

function isList(destinations: Destinations<string>): destinations is readonly DestinationArgs<string>[] {
  return Array.isArray(destinations);
}

/** Mirrors as Istio writes them. */
export function mirrorSpecs(host: string, mirrors: readonly MirrorArgs<string>[]) {
  return mirrors.map(({ percentage: share, ...to }) =>
    defined<Mirror>({
      destination: targetSpec(host, to),
      percentage: share === undefined ? undefined : { value: share },
    }),
  );
}
