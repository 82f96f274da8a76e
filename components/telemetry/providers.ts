import type { Values } from "../istio/values.ts";

/** A collector of spans, by the protocol in which it is told of them. */
export type TracingProvider =
  | {
      /** By OTLP. Proxies hand the W3C headers `traceparent` and `tracestate` on. */
      readonly opentelemetry: Collector;
    }
  | {
      /** By Zipkin's protocol. Proxies hand B3's headers on and those of W3C as well, and understand both. */
      readonly zipkin: Collector;
    };

export interface Collector {
  /** Full name of its Service, e.g. `collector.observability.svc.cluster.local`. */
  readonly service: string;
  /** Port of the Service. */
  readonly port: number;
  /**
   * Path of its HTTP API.
   * @default - OTLP over gRPC; for Zipkin `/api/v2/spans`
   */
  readonly path?: string;
}

/**
 * The providers as istiod's `meshConfig.extensionProviders`.
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider
 */
export function extensionProviders(providers: Readonly<Record<string, TracingProvider>>): Values[] {
  return Object.entries(providers).map(([name, provider]) => ({ name, ...extensionProvider(provider) }));
}

function extensionProvider(provider: TracingProvider): Values {
  if ("zipkin" in provider) {
    return { zipkin: { ...provider.zipkin, traceContextOption: "USE_B3_WITH_W3C_PROPAGATION" } };
  }
  const { path, ...collector } = provider.opentelemetry;
  return { opentelemetry: { ...collector, ...(path && { http: { path, timeout: "5s" } }) } };
}
