import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../../application/meshNamespace.ts";
import { checkArguments } from "../../checkArguments.ts";
import type { Mesh } from "../../mesh.ts";
import { objectName } from "../objectName.ts";
import { istioObject } from "../objects.ts";
import { rateLimitSpec } from "./localRateLimit.ts";
import { limitDomain, meshRateLimitSpec, serviceLimits, type HostLimits } from "./meshRateLimit.ts";
import { rateLimitRules, type RateLimitOptions } from "./rateLimitOptions.ts";
import type { RateLimitService } from "./service/rateLimitService.ts";

export interface RateLimitArgs extends RateLimitOptions {
  readonly namespace: MeshNamespace;
  readonly mesh: Mesh;

  /**
   * Name of the Service whose requests are limited.
   * @default - the name of the component
   */
  readonly host?: string;

  /**
   * Counts the requests; a limit with `scope: mesh` needs it.
   * @default - none
   */
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
    const told = { domain: limitDomain(host, namespace.name), limits: rules };
    const counting = rules.scope === "mesh" ? checked(service, told) : undefined;
    istioObject(
      "EnvoyFilter",
      {
        name: `${objectName(name)}-rate-limit`,
        namespace: namespace.name,
        spec: counting ? meshRateLimitSpec(pods, told, counting) : rateLimitSpec(pods, rules),
      },
      // A sidecar that asks before the service is there gets no answer.
      { parent: this, dependsOn: [namespace, mesh.controlPlane, ...(counting ? [counting] : [])] },
    );

    this.registerOutputs();
  }
}

/** The service, which has to know what it is asked about: it lets pass all else. */
function checked(service: RateLimitService | undefined, told: HostLimits): RateLimitService {
  const wrong = (propertyPath: string, reason: string) => new pulumi.InputPropertyError({ propertyPath, reason });
  if (service === undefined) throw wrong("scope", "needs the service that counts: pass a RateLimitService");
  const known = service.hosts.find(({ domain }) => domain === told.domain);
  if (known === undefined || !isDeepStrictEqual(serviceLimits(known), serviceLimits(told))) {
    throw wrong("service", `does not count by these limits: add them to its hosts, under the domain ${told.domain}`);
  }
  return service;
}
