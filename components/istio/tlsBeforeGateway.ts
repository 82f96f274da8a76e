import type { EnvoyFilterSpec } from "../../istio/generated/specs.ts";
import type { Labels } from "../../istio/labels.ts";

/** The port of the gateway's pods to which a load balancer that ends TLS sends; Istio serves port 80 of Gateways there. */
export const DECRYPTED_PORT = 80;

/**
 * The `spec` of an EnvoyFilter for a gateway to which requests come decrypted. Envoy knows the scheme by the connection,
 * so it would tell applications that a client came by `http`, and redirect to there. `numTrustedProxies` is no way out:
 * such a load balancer sends no headers, so those that Envoy would believe then are the client's.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/
 */
export function tlsBeforeGatewaySpec(selector: Labels): EnvoyFilterSpec {
  const context = "GATEWAY";
  return {
    workloadSelector: { labels: selector },
    configPatches: [
      {
        // What applications read. It replaces whatever the client has sent.
        applyTo: "ROUTE_CONFIGURATION",
        match: { context, routeConfiguration: { name: `http.${DECRYPTED_PORT}` } },
        patch: {
          operation: "MERGE",
          value: {
            request_headers_to_add: [
              {
                header: { key: "x-forwarded-proto", value: "https" },
                append_action: "OVERWRITE_IF_EXISTS_OR_ADD",
              },
            ],
          },
        },
      },
      {
        // What Envoy's own redirects lead to.
        applyTo: "NETWORK_FILTER",
        match: {
          context,
          listener: {
            portNumber: DECRYPTED_PORT,
            filterChain: { filter: { name: "envoy.filters.network.http_connection_manager" } },
          },
        },
        patch: {
          operation: "MERGE",
          value: {
            typed_config: {
              "@type":
                "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
              scheme_header_transformation: { scheme_to_overwrite: "https" },
            },
          },
        },
      },
    ],
  };
}
