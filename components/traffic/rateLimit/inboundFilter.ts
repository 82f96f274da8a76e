import type { EnvoyFilterSpec } from "../../../istio/generated/specs.ts";
import type { PodLabels } from "../routing/matches.ts";

/** Where a filter stands among those of Istio: before all others, or after them, such as those of authorization. */
export type FilterPlace = "first" | "last";

const ROUTER = { subFilter: { name: "envoy.filters.http.router" } };

/**
 * The `spec` of an EnvoyFilter that puts an HTTP filter on what pods take in. What the first one refuses costs nothing more; the
 * last one is asked only about what all others let pass.
 */
export function inboundFilter(pods: PodLabels, value: object, place: FilterPlace = "first"): EnvoyFilterSpec {
  const isLast = place === "last";
  const filter = { name: "envoy.filters.network.http_connection_manager", ...(isLast && ROUTER) };
  return {
    // A place beside another filter depends on which of them are there already: not on the age of the objects, if it is told.
    ...(isLast && { priority: 10 }),
    workloadSelector: { labels: pods },
    configPatches: [
      {
        applyTo: "HTTP_FILTER",
        match: { context: "SIDECAR_INBOUND", listener: { filterChain: { filter } } },
        patch: { operation: isLast ? "INSERT_BEFORE" : "INSERT_FIRST", value },
      },
    ],
  };
}
