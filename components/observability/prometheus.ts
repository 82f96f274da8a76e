import * as pulumi from "@pulumi/pulumi";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import { addonRelease, type AddonArgs, type AddonPlace } from "./addon.ts";
import { prometheusValues, type PrometheusStorage } from "./prometheusValues.ts";

export interface PrometheusArgs extends AddonArgs, PrometheusStorage {}

/**
 * Keeps the metrics of the mesh.
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/
 */
export class Prometheus extends pulumi.ComponentResource {
  readonly place: AddonPlace = { namespace: ISTIO_NAMESPACE, service: "prometheus", port: 9090, path: "/" };
  /** Ready once it answers queries. */
  readonly release: pulumi.Resource;

  constructor(name: string, args: PrometheusArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Prometheus", name, {}, options);
    this.release = addonRelease(this, name, "prometheus", prometheusValues(args.profile, args), args);
    this.registerOutputs({ place: this.place });
  }
}
