import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { TracingProvider } from "../telemetry/providers.ts";
import { jaegerPorts } from "./jaegerValues.ts";

/** The names under which an installed Jaeger is known as a provider, one for each protocol. */
export const jaegerProviders: Readonly<Record<string, TracingProvider>> = {
  jaeger: {
    opentelemetry: { service: `jaeger-collector.${ISTIO_NAMESPACE}.svc.cluster.local`, port: jaegerPorts.otlp },
  },
  zipkin: { zipkin: { service: `zipkin.${ISTIO_NAMESPACE}.svc.cluster.local`, port: jaegerPorts.zipkin } },
};
