import { literally } from "../../../lib/re2Language.ts";
import type { StringMatch } from "../routing/comparisons.ts";
import type { LimitedRequests } from "./rateLimitOptions.ts";

/** What Envoy calls the requests of a route that has a limit. */
export function limitedRoute(name: string, { uri, method }: LimitedRequests) {
  return {
    descriptor_key: "route",
    descriptor_value: name,
    headers: [
      ...(uri ? [{ name: ":path", string_match: pathMatch(uri) }] : []),
      ...(method === undefined ? [] : [{ name: ":method", string_match: { exact: method } }]),
    ],
  };
}

/** What Envoy calls the path has the query in it. */
function pathMatch(uri: StringMatch) {
  if ("prefix" in uri) return { prefix: uri.prefix };
  const path = "exact" in uri ? literally(uri.exact) : uri.regex;
  return { safe_regex: { regex: `(?:${path})(?:\\?.*)?` } };
}
