import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../application/meshNamespace.ts";
import { checkArguments } from "../checkArguments.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { Mesh } from "../mesh.ts";
import { istioObject } from "../traffic/objects.ts";
import { telemetryRules, telemetrySpec, type TelemetryOptions } from "./telemetryOptions.ts";

export interface TelemetryArgs extends TelemetryOptions {
  /**
   * Namespace of the pods whose proxies it is for. What it leaves out is as for the mesh.
   * @default - the whole mesh
   */
  readonly namespace?: MeshNamespace;

  readonly mesh: Mesh;
}

/**
 * What proxies tell of the requests they see: traces and access logs, for the mesh or for a namespace.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 */
export class Telemetry extends pulumi.ComponentResource {
  constructor(name: string, args: TelemetryArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:telemetry:Telemetry", name, {}, options);
    const { namespace, mesh, ...rules } = args;
    checkArguments(`the telemetry of ${name}`, telemetryRules, rules);

    istioObject(
      "Telemetry",
      {
        name: namespace ? `${name}-telemetry` : "mesh-default",
        namespace: namespace?.name ?? ISTIO_NAMESPACE,
        spec: telemetrySpec(rules),
      },
      { parent: this, dependsOn: [...(namespace ? [namespace] : []), mesh.controlPlane] },
    );

    this.registerOutputs();
  }
}
