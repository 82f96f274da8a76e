import type { Report } from "../arguments";
import { covers } from "./matchCoverage";
import { itemsOf, mapOf, type Untrusted } from "./untrusted";

/** The rule that no route, and no match of one, stands behind another that takes all that it would. */
export function checkReachability(routes: readonly unknown[], report: Report): void {
  const before: { readonly route: number; readonly match: Untrusted }[] = [];
  let takesAll: number | undefined;
  for (const [index, value] of routes.entries()) {
    if (typeof value !== "object" || value === null) continue;
    if (takesAll !== undefined) {
      report([index], `is never reached: the route ${takesAll} has no match and takes every request; put it last`);
      continue;
    }
    if (!("match" in value)) takesAll = index;
    const matches = itemsOf(mapOf(value).match);
    const taken = matches.map((match) => before.find((earlier) => covers(earlier.match, match))?.route);
    const [first] = taken;
    if (first !== undefined && taken.every((route) => route !== undefined)) {
      report(
        [index],
        `is never reached: the route ${first} takes what it matches; put it before that one, or remove it`,
      );
    } else {
      for (const [number, route] of taken.entries()) {
        if (route === undefined) continue;
        report(
          [index, "match", number],
          `takes nothing: the route ${route} takes it first; put this route before that one, or remove the match`,
        );
      }
    }
    before.push(...matches.map((match) => ({ route: index, match })));
  }
}
