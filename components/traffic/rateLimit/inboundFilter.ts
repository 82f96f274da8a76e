import type { EnvoyFilterSpec } from "../../../istio/generated/specs.ts";
import type { PodLabels } from "../routing/matches.ts";

/**
 * The `spec` of an EnvoyFilter that puts an HTTP filter before all others on what pods take in: what it refuses costs
 * nothing more.
 */
export function inboundFilter(pods: PodLabels, value: object): EnvoyFilterSpec {
  const filter = { name: "envoy.filters.network.http_connection_manager" };
  return {
    workloadSelector: { labels: pods },
    configPatches: [
      {
        applyTo: "HTTP_FILTER",
        match: { context: "SIDECAR_INBOUND", listener: { filterChain: { filter } } },
        patch: { operation: "INSERT_FIRST", value },
      },
    ],
  };
}
