import type { TrafficPolicy } from "../../../istio/generated/specs.ts";
import * as field from "../../../lib/schema/fields.ts";
import { clientTls, type ClientTlsArgs } from "./clientTls.ts";
import { connectionPool, type ConnectionPoolArgs } from "./connectionPool.ts";
import { loadBalancer, type LoadBalancerArgs } from "./loadBalancing.ts";
import { portKey } from "../numbers.ts";
import { outlierDetection, type OutlierDetectionArgs } from "./outlierDetection.ts";

/** How clients' proxies treat the pods behind one port. */
export interface PortPolicyArgs {
  /** @default - the less busy of two */
  readonly loadBalancer?: LoadBalancerArgs;
  /** @default - no limits */
  readonly connectionPool?: ConnectionPoolArgs;
  /** @default - no pod is put aside */
  readonly outlierDetection?: OutlierDetectionArgs;
  /** @default - the mesh's own, where the pod has a sidecar */
  readonly tls?: ClientTlsArgs;
}

/**
 * How clients' proxies treat the pods of a service or of a subset. That of a subset is for the requests only that a
 * route sends to the subset; what it leaves open is as the service's says.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy
 */
export interface TrafficPolicyArgs extends PortPolicyArgs {
  /**
   * By port of the service. It takes the place of all of the above for that port; what it leaves open is Istio's
   * default.
   * @default - the same for all ports
   */
  readonly portLevelSettings?: Readonly<Record<string, PortPolicyArgs>>;
}

const policies = {
  loadBalancer: loadBalancer.exactOptional(),
  connectionPool: connectionPool.exactOptional(),
  outlierDetection: outlierDetection.exactOptional(),
  tls: clientTls.exactOptional(),
};
const notEmpty = [
  (all: object) => Object.keys(all).length > 0,
  { error: "must have one policy or more", ...field.always },
] as const;

export const trafficPolicy = field
  .section({
    ...policies,
    portLevelSettings: field
      .named(portKey, field.section(policies).refine(...notEmpty), "ports to policies")
      .refine((all) => Object.keys(all).length > 0, {
        error: "must have one port or more, or be left out",
        ...field.always,
      })
      .exactOptional(),
  })
  .refine(...notEmpty);

/** A traffic policy as Istio writes it. */
export function trafficPolicySpec({ portLevelSettings, ...policy }: TrafficPolicyArgs): TrafficPolicy {
  if (portLevelSettings === undefined) return policy;
  return {
    ...policy,
    portLevelSettings: Object.entries(portLevelSettings).map(([port, settings]) => ({
      port: { number: Number(port) },
      ...settings,
    })),
  };
}
