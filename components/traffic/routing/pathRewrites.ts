import type { Report } from "../../arguments.ts";
import { covers } from "./matchCoverage.ts";
import { itemsOf, mapOf, type Untrusted } from "../../../lib/untrusted.ts";

/*
 * `rewrite.uri` takes the place of the prefix that a route matches by, letter by letter, and what follows stays as it is.
 * A route without `uri` matches by the prefix `/`.
 */

const GLUED =
  "ends without a slash while the prefix that it replaces ends with one, so that the next word sticks to it: add a slash at the end";
const DOUBLED =
  "ends with a slash while the prefix that it replaces does not, so that paths below it get two: end the prefix with a slash, and match the path without one by exact";

/** The rule that paths of requests stay paths where their prefix is replaced. The routes may be wrong by themselves. */
export function checkPathRewrites(routes: readonly unknown[], report: Report): void {
  const before: Untrusted[] = [];
  for (const [index, route] of itemsOf(routes).entries()) {
    const { uri } = mapOf(route.rewrite);
    const matches = route.match === undefined ? [{}] : itemsOf(route.match);
    const found = new Set<string>();
    for (const match of matches) {
      const reason = typeof uri === "string" ? wrongRewrite(match, uri, before) : undefined;
      if (reason !== undefined) found.add(reason);
      before.push(match);
    }
    for (const reason of found) report([index, "rewrite", "uri"], reason);
  }
}

function wrongRewrite(match: Untrusted, to: string, before: readonly Untrusted[]): string | undefined {
  const { prefix } = match.uri === undefined ? { prefix: "/" } : mapOf(match.uri);
  if (typeof prefix !== "string" || prefix === "" || !to.startsWith("/")) return undefined;
  if (to.includes("?")) return "must have no query where a prefix is replaced: the rest of the path would follow it";
  if (prefix.endsWith("/")) return /\w$/.test(to) ? GLUED : undefined;
  // Where the paths below the prefix have been taken, there is nothing to follow.
  const isTaken = before.some((earlier) => covers(earlier, { ...match, uri: { prefix: `${prefix}/` } }));
  return to.endsWith("/") && !isTaken ? DOUBLED : undefined;
}
