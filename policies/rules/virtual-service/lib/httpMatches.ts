import type { Field } from "../../../model/field.ts";

/** A match of HTTP requests by a prefix of their path. */
export interface PrefixMatch {
  readonly prefix: string;
  readonly port: number;
  readonly method: string;
  readonly authority: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly queryParams: ReadonlyMap<string, string>;
  readonly withoutHeaders: ReadonlyMap<string, string>;
}

/** Nothing if it is no match by prefix. */
export function prefixMatchOf(match: Field): PrefixMatch | undefined {
  const prefix = match.at("uri", "prefix").string();
  if (prefix === undefined || prefix === "") return undefined;
  return {
    prefix,
    port: match.at("port").number() ?? 0,
    method: textMatchOf(match.at("method")) || "exact:GET",
    authority: textMatchOf(match.at("authority")),
    headers: textMatchesOf(match.at("headers")),
    queryParams: textMatchesOf(match.at("queryParams")),
    withoutHeaders: textMatchesOf(match.at("withoutHeaders")),
  };
}

function textMatchesOf(map: Field): ReadonlyMap<string, string> {
  return new Map(map.entries().map(([key, match]) => [key, textMatchOf(match)]));
}

/** Empty for a regular expression: what that covers, nobody can tell. */
function textMatchOf(match: Field): string {
  const exact = match.at("exact").string() ?? "";
  if (exact !== "") return `exact:${exact}`;
  const prefix = match.at("prefix").string() ?? "";
  return prefix === "" ? "" : `prefix:${prefix}`;
}

/**
 * Whether an earlier match takes every request of a later one, as istioctl sees it. A repeated prefix does not count: what is
 * the same as a whole is found elsewhere.
 */
export function covers(earlier: PrefixMatch, later: PrefixMatch): boolean {
  return (
    earlier.prefix !== later.prefix &&
    later.prefix.startsWith(earlier.prefix) &&
    earlier.port === later.port &&
    earlier.method.startsWith(later.method) &&
    earlier.authority.startsWith(later.authority) &&
    allCover(earlier.headers, later.headers) &&
    allCover(earlier.queryParams, later.queryParams) &&
    allCover(earlier.withoutHeaders, later.withoutHeaders)
  );
}

function allCover(earlier: ReadonlyMap<string, string>, later: ReadonlyMap<string, string>): boolean {
  if (earlier.size !== later.size) return false;
  return [...earlier].every(([key, match]) => {
    const other = later.get(key);
    return other !== undefined && match.startsWith(other);
  });
}
