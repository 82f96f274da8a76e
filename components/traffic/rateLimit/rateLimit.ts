import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../../application/meshNamespace.ts";
import { checkArguments } from "../../checkArguments.ts";
import type { Mesh } from "../../mesh.ts";
import { objectName } from "../objectName.ts";
import { istioObject } from "../objects.ts";
import { rateLimitSpec } from "./localRateLimit.ts";
import { limitDomain, meshRateLimitSpec } from "./meshRateLimit.ts";
import { rateLimitRules, type RateLimitOptions } from "./rateLimitOptions.ts";
import type { RateLimitService } from "./service/rateLimitService.ts";

export interface RateLimitArgs extends RateLimitOptions {
  readonly namespace: MeshNamespace;
  readonly mesh: Mesh;

  /** Name of the service, under which `service` counts. @default - the name of the component */
  readonly host?: string;

  /** Counts the requests; a limit with `scope: mesh` needs it. @default - none */
  readonly service?: RateLimitService | undefined;
}

/**
 * Limits the requests that a service takes. Each pod counts in its own sidecar: the limit of a service with three pods is three
 * times as high, and a new pod starts with a full bucket. With `scope: mesh`, the rate limit service counts for all pods.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/
 */
export class RateLimit extends pulumi.ComponentResource {
  constructor(name: string, args: RateLimitArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:RateLimit", name, {}, options);
    const { namespace, mesh, host = name, service, ...rules } = args;
    checkArguments(`the rate limit of ${name}`, rateLimitRules, rules);
    const pods = rules.workload ?? { app: host };
    const isOfMesh = rules.scope === "mesh";
    if (isOfMesh && service === undefined) {
      const reason = "needs the service that counts: pass a RateLimitService as `service`";
      throw new pulumi.InputPropertyError({ propertyPath: "scope", reason });
    }
    istioObject(
      "EnvoyFilter",
      {
        name: `${objectName(name)}-rate-limit`,
        namespace: namespace.name,
        spec:
          isOfMesh && service
            ? meshRateLimitSpec(pods, { domain: limitDomain(host, namespace.name), limits: rules }, service)
            : rateLimitSpec(pods, rules),
      },
      // A sidecar that asks before the service is there gets no answer.
      { parent: this, dependsOn: [namespace, mesh.controlPlane, ...(isOfMesh && service ? [service] : [])] },
    );

    this.registerOutputs();
  }
}
