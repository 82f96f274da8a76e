import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../../application/meshNamespace.ts";
import { checkArguments } from "../../checkArguments.ts";
import type { Mesh } from "../../mesh.ts";
import { objectName } from "../objectName.ts";
import { istioObject } from "../objects.ts";
import { rateLimitRules, rateLimitSpec, type RateLimitOptions } from "./rateLimitOptions.ts";

export interface RateLimitArgs extends RateLimitOptions {
  readonly namespace: MeshNamespace;
  readonly mesh: Mesh;
}

/**
 * Limits the requests that each pod of a service takes, in its own sidecar: the limit of a service with three pods is
 * three times as high, and a new pod starts with a full bucket.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/
 */
export class RateLimit extends pulumi.ComponentResource {
  constructor(name: string, args: RateLimitArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:RateLimit", name, {}, options);
    const { namespace, mesh, ...rules } = args;
    checkArguments(`the rate limit of ${name}`, rateLimitRules, rules);

    istioObject(
      "EnvoyFilter",
      {
        name: `${objectName(name)}-rate-limit`,
        namespace: namespace.name,
        spec: rateLimitSpec(rules.workload ?? { app: name }, rules),
      },
      { parent: this, dependsOn: [namespace, mesh.controlPlane] },
    );

    this.registerOutputs();
  }
}
