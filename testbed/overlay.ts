import { join } from "node:path";
import { ISTIO_IMAGES } from "./istioImages.ts";
import type { Instance } from "./instance.ts";

/**
 * What a stack file has to say differently on the testbed: where the cluster is, Istio's charts from the module's folder,
 * images that were packed here, and the settings without which a plain Envoy refuses istiod's configuration, since they
 * name extensions of Istio's own proxy.
 */
export function testbedOverlay(instance: Instance, istioModule: string): Record<string, unknown> {
  return {
    "mesh:cluster": { kubeconfig: instance.kubeconfig },
    "mesh:istio": {
      charts: { folder: join(istioModule, "manifests/charts") },
      images: { hub: ISTIO_IMAGES.hub, pullPolicy: "IfNotPresent" },
      values: {
        istiod: {
          // As the chart's own is, and not as a setting of the stack: a second control plane may stand beside the first.
          global: { tag: ISTIO_IMAGES.tag },
          telemetry: { enabled: false },
          pilot: { env: { PILOT_ENABLE_METADATA_EXCHANGE: "false", PILOT_ENABLE_ALPN_FILTER: "false" } },
        },
      },
    },
    // Stand-ins of this folder: no registry that is reachable carries the tools' own charts and images.
    "mesh:observability": { charts: { folder: join(import.meta.dirname, "charts") } },
  };
}
