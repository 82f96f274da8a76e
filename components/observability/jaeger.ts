import * as pulumi from "@pulumi/pulumi";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import { addonRelease, type AddonArgs, type AddonPlace } from "./addon.ts";
import { JAEGER_PATH, jaegerValues, type JaegerStorage } from "./jaegerValues.ts";

export interface JaegerArgs extends AddonArgs, JaegerStorage {}

/**
 * Keeps the traces of the mesh. Proxies send them by OTLP to `jaeger-collector:4317` or by Zipkin's protocol to
 * `zipkin:9411`; people and tools read them at `tracing`.
 * @see https://istio.io/latest/docs/ops/integrations/jaeger/
 */
export class Jaeger extends pulumi.ComponentResource {
  readonly place: AddonPlace = { namespace: ISTIO_NAMESPACE, service: "tracing", port: 80, path: JAEGER_PATH };
  readonly release: pulumi.Resource;

  constructor(name: string, args: JaegerArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Jaeger", name, {}, options);
    this.release = addonRelease(this, name, "jaeger", jaegerValues(args.profile, args), args);
    this.registerOutputs({ place: this.place });
  }
}
