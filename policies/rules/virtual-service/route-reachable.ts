import { ROUTE_LISTS } from "../../model/routes.ts";
import type { Field } from "../../model/field.ts";
import type { Finding, ObjectRule } from "../../engine/rule.ts";
import { covers, prefixMatchOf, type PrefixMatch } from "./lib/httpMatches.ts";

export const routeReachable: ObjectRule = {
  id: "route-reachable",
  title: "Every route and every match of a VirtualService is reachable.",
  rationale: "The first match wins, so a route or match after a broader one never receives a request.",
  remediation:
    "Put longer prefixes before shorter ones and the route without a match last, and remove repeated matches.",
  severity: "medium",
  codes: ["IST0130", "IST0131"],
  sources: ["istio/pkg/config/validation/validation.go"],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const protocol of ROUTE_LISTS) yield* unreached(spec.at(protocol).items());
    yield* overlapping(spec.at("http").items());
  },
};

const unreachable = ({ path }: Field, message: string): Finding => ({ code: "IST0130", path, message });
const ineffective = ({ path }: Field, message: string): Finding => ({ code: "IST0131", path, message });

function* unreached(routes: readonly Field[]): Iterable<Finding> {
  const seen = new Set<string>();
  let caughtAll = false;
  for (const route of routes) {
    const list = route.at("match");
    if (route.isAbsent() || list.isUnknown()) continue;
    const matches = list.items();
    if (caughtAll) yield unreachable(route, "move it before the route without a match, or remove one of the two");
    if (matches.length === 0) caughtAll = true;
    if (caughtAll) continue;

    let repeated = 0;
    for (const match of matches) {
      const key = keyOf(match);
      if (key === undefined) continue;
      if (seen.has(key)) {
        repeated += 1;
        yield ineffective(match, "remove it: an earlier match is the same");
      }
      seen.add(key);
    }
    if (repeated === matches.length) yield unreachable(route, "remove it: all its matches occur earlier");
  }
}

function* overlapping(routes: readonly Field[]): Iterable<Finding> {
  const before: PrefixMatch[] = [];
  const seen = new Set<string>();
  for (const route of routes) {
    const list = route.at("match");
    if (list.isUnknown()) continue;
    // Behind a route without a match nothing is reached, which is said already.
    if (list.items().length === 0) return;
    for (const match of list.items()) {
      const key = keyOf(match);
      if (key === undefined || seen.has(key)) continue;
      seen.add(key);
      const prefix = prefixMatchOf(match);
      if (!prefix) continue;
      if (before.some((earlier) => covers(earlier, prefix))) {
        yield ineffective(match, "move it before the match with the shorter prefix, which covers it");
      }
      before.push(prefix);
    }
  }
}

/** What a match means, whatever its name and whatever is left out or written empty; nothing if that is not known. */
function keyOf(match: Field): string | undefined {
  const data = match.data();
  return data === undefined ? undefined : JSON.stringify(sorted(Object.entries(data ?? {}).filter(isSaid)));
}

function isSaid([key, value]: [string, unknown]): boolean {
  if (key === "name" || value === null || value === undefined) return false;
  if (["uri", "scheme", "method", "authority"].includes(key)) return true;
  return value !== "" && value !== 0 && value !== false && (typeof value !== "object" || Object.keys(value).length > 0);
}

function sorted(entries: readonly [string, unknown][]): unknown {
  const sort = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sort);
    return typeof value === "object" && value !== null ? sorted(Object.entries(value)) : value;
  };
  return entries
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => [key, sort(value)] as const);
}
