import type { DestinationRuleSpec, VirtualServiceSpec } from "../../../istio/generated/specs.ts";
import { defined } from "../../../lib/defined.ts";
import { trafficPolicySpec } from "../destination/trafficPolicy.ts";
import { tcpRouteSpecs, tlsRouteSpecs } from "./connectionRoutes.ts";
import { httpRouteSpecs } from "./httpRoutes.ts";
import type { RoutingArgs } from "./routing.ts";

/** The `spec` of the DestinationRule of a host. */
export function destinationRuleSpec(host: string, args: RoutingArgs): DestinationRuleSpec {
  return defined<DestinationRuleSpec>({
    host,
    trafficPolicy: args.trafficPolicy && trafficPolicySpec(args.trafficPolicy),
    subsets:
      args.subsets &&
      Object.entries(args.subsets).map(([name, { labels: podLabels, trafficPolicy: policy }]) =>
        defined<Subset>({
          name,
          labels: podLabels ?? { version: name },
          trafficPolicy: policy && trafficPolicySpec(policy),
        }),
      ),
    exportTo: args.exportTo,
  });
}

type Subset = NonNullable<DestinationRuleSpec["subsets"]>[number];

/** The `spec` of the VirtualService of a host. */
export function virtualServiceSpec(host: string, args: RoutingArgs): VirtualServiceSpec {
  return defined<VirtualServiceSpec>({
    hosts: args.hosts ?? [host],
    gateways: args.gateways,
    http: args.routes && httpRouteSpecs(host, args.routes),
    tcp: args.tcpRoutes && tcpRouteSpecs(host, args.tcpRoutes),
    tls: args.tlsRoutes && tlsRouteSpecs(host, args.tlsRoutes),
    exportTo: args.exportTo,
  });
}
