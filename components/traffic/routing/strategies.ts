import { literally } from "../../../lib/re2Language.ts";
import type { FieldMatch } from "./comparisons.ts";
import type { RouteArgs } from "./httpRoutes.ts";

/*
 * Ways to bring out a version, in a few words each. All are pure: words in, routes of a `ServiceRouting` out, so that a
 * step is a changed word and its effect is read in a preview.
 */

/** A new version beside the one that everybody uses. */
export interface Release<Subset extends string> {
  readonly stable: Subset;
  readonly candidate: Subset;
  /** Share of the requests for the candidate, in percent, a whole number. */
  readonly weight: number;
}

/** Some of the requests go to the candidate. */
export function canary<Subset extends string>({ stable, candidate, weight }: Release<Subset>): RouteArgs<Subset>[] {
  return [{ to: shares([stable, 100 - weight], [candidate, weight]) }];
}

/** The next step of a release; it ends at 100. */
export function advance<Subset extends string>(release: Release<Subset>, step: number): Release<Subset> {
  return { ...release, weight: Math.min(100, release.weight + step) };
}

/** The candidate gets everything. */
export function promote<Subset extends string>(release: Release<Subset>): Release<Subset> {
  return { ...release, weight: 100 };
}

/** The stable version gets everything, as before the release. */
export function rollback<Subset extends string>(release: Release<Subset>): Release<Subset> {
  return { ...release, weight: 0 };
}

/** Two versions of which one is live. */
export interface BlueGreen<Subset extends string> {
  readonly blue: Subset;
  readonly green: Subset;
  readonly live: "blue" | "green";
}

/** Everything goes to the version that is live; the other keeps its place, with a share of 0. */
export function blueGreen<Subset extends string>({ blue, green, live }: BlueGreen<Subset>): RouteArgs<Subset>[] {
  return [{ to: shares([blue, live === "blue" ? 100 : 0], [green, live === "green" ? 100 : 0]) }];
}

/** The other version becomes the live one. Twice is as if never. */
export function switchOver<Subset extends string>(versions: BlueGreen<Subset>): BlueGreen<Subset> {
  return { ...versions, live: versions.live === "blue" ? "green" : "blue" };
}

/** Which requests see version b. */
export type Audience =
  | { readonly header: { readonly name: string; readonly value: string } }
  | { readonly cookie: { readonly name: string; readonly value: string } }
  /** A part of what the browser says that it is, e.g. `Firefox/`. */
  | { readonly userAgent: string };

/** Some of the users see version b, always the same ones; all others version a. */
export function abTest<Subset extends string>(versions: {
  readonly a: Subset;
  readonly b: Subset;
  readonly audience: Audience;
}): RouteArgs<Subset>[] {
  return [
    { match: [{ headers: audienceHeaders(versions.audience) }], to: shares([versions.b, 100]) },
    { to: shares([versions.a, 100]) },
  ];
}

/** Users by name have a version of their own; all others the usual one. */
export function byIdentity<Subset extends string>(versions: {
  /**
   * Header that carries the name, which a proxy or the service in front has to vouch for.
   * @default "end-user"
   */
  readonly header?: string;
  readonly users: Readonly<Record<string, Subset>>;
  readonly others: Subset;
}): RouteArgs<Subset>[] {
  const header = versions.header ?? "end-user";
  return [
    ...Object.entries<Subset>(versions.users).map(([user, subset]) => ({
      match: [{ headers: { [header]: { exact: user } } }],
      to: shares([subset, 100]),
    })),
    { to: shares([versions.others, 100]) },
  ];
}

/** The dark version gets a copy of requests, and nobody its answers. */
export function darkLaunch<Subset extends string>(versions: {
  readonly live: Subset;
  readonly dark: Subset;
  /**
   * Share of the requests that are copied, in percent.
   * @default 100
   */
  readonly percentage?: number;
}): RouteArgs<Subset>[] {
  const { live, dark, percentage } = versions;
  return [{ to: shares([live, 100]), mirrors: [{ subset: dark, ...(percentage !== undefined && { percentage }) }] }];
}

function audienceHeaders(audience: Audience): Record<string, FieldMatch> {
  if ("header" in audience) return { [audience.header.name]: { exact: audience.header.value } };
  if ("userAgent" in audience) return { "user-agent": { regex: `.*${literally(audience.userAgent)}.*` } };
  const { name, value } = audience.cookie;
  // Cookies come in one header, in any order.
  return { cookie: { regex: `(?:.*;\\s*)?${literally(name)}=${literally(value)}(?:\\s*;.*)?` } };
}

/** The sum stays that of the shares also where both are the same subset. */
function shares<Subset extends string>(...all: readonly [Subset, number][]): Partial<Record<Subset, number>> {
  const sums = new Map<Subset, number>();
  for (const [subset, share] of all) sums.set(subset, (sums.get(subset) ?? 0) + share);
  return Object.fromEntries(sums) as Partial<Record<Subset, number>>;
}
