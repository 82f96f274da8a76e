import type { Report } from "../../arguments.ts";
import { canBothHold, readComparison } from "./comparing.ts";
import { covers } from "./matchCoverage.ts";
import { itemsOf, mapOf, type Untrusted } from "../../../lib/untrusted.ts";

const LOOP =
  "leads back to where the request came from, for ever: send it elsewhere, or put a route for the new place before this one";

/** The rule that a redirect leads away from the route that gives it. The routes may be wrong by themselves. */
export function checkRedirectLoops(routes: readonly unknown[], report: Report): void {
  const before: Untrusted[] = [];
  for (const [index, route] of itemsOf(routes).entries()) {
    const matches = route.match === undefined ? [{}] : itemsOf(route.match);
    if (route.redirect !== undefined && !givesCookie(route)) {
      const loops = matches.some((match) => {
        const next = followed(match, mapOf(route.redirect));
        return next !== undefined && covers(match, next) && !before.some((earlier) => mayTake(earlier, match, next));
      });
      if (loops) report([index, "redirect"], LOOP);
    }
    before.push(...matches);
  }
}

/** A cookie can be what makes the next request another one. */
function givesCookie(route: Untrusted): boolean {
  const changes = mapOf(mapOf(route.headers).response);
  const names = [changes.set, changes.add].flatMap((each) => Object.keys(mapOf(each)));
  return names.some((name) => name.toLowerCase() === "set-cookie");
}

/** The request that a client sends next, as a match; nothing where it differs in more than the path. */
function followed(match: Untrusted, redirect: Untrusted): Untrusted | undefined {
  const { uri, authority, scheme, port } = redirect;
  // That a redirect says nothing is said elsewhere.
  if ([uri, authority, scheme, port].every((each) => each === undefined)) return undefined;
  if (port !== undefined && port !== "FROM_REQUEST_PORT") return undefined;
  if (authority !== undefined && authority !== mapOf(match.authority).exact) return undefined;
  if (scheme !== undefined && scheme !== mapOf(match.scheme).exact) return undefined;
  if (!keepsMethod(match, redirect)) return undefined;
  if (uri === undefined) return match;
  if (typeof uri !== "string" || mapOf(match.headers)[":path"] !== undefined) return undefined;
  const [path = "", query] = uri.split("?");
  // The query of the new place takes the place of the request's.
  return query !== undefined && match.queryParams !== undefined ? undefined : { ...match, uri: { exact: path } };
}

/** What is no GET comes back as one, unless the code is 307 or 308. */
function keepsMethod({ method, headers }: Untrusted, { redirectCode }: Untrusted): boolean {
  const asked = method ?? mapOf(headers)[":method"];
  return asked === undefined || redirectCode === 307 || redirectCode === 308 || mapOf(asked).exact === "GET";
}

/** Whether an earlier match, which did not take the request, may take the next one: by its path, since all else is the same. */
function mayTake(earlier: Untrusted, match: Untrusted, next: Untrusted): boolean {
  if (next.uri === match.uri || earlier.uri === undefined) return false;
  const [asked, path] = [readComparison(earlier.uri), readComparison(next.uri)];
  return asked === undefined || path === undefined || earlier.ignoreUriCase === true || canBothHold(asked, path);
}
