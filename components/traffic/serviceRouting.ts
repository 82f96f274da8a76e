import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../application/meshNamespace.ts";
import { checkArguments } from "../checkArguments.ts";
import type { Mesh } from "../mesh.ts";
import type { DestinationRuleSpec, VirtualServiceSpec } from "../../istio/generated/specs.ts";
import { defined } from "../../lib/defined.ts";
import { trafficPolicySpec } from "./destination/trafficPolicy.ts";
import { istioObject } from "./objects.ts";
import { objectName } from "./objectName.ts";
import { tcpRouteSpecs, tlsRouteSpecs } from "./routing/connectionRoutes.ts";
import { httpRouteSpecs } from "./routing/httpRoutes.ts";
import { hasDestinationRule, hasVirtualService, routing, type RoutingArgs } from "./routing/routing.ts";

export interface ServiceRoutingArgs<Subset extends string> extends RoutingArgs<Subset> {
  /** Namespace of the service, in which its name needs no other. */
  readonly namespace: MeshNamespace;

  /** The mesh, whose control plane validates the objects. */
  readonly mesh: Mesh;

  /**
   * What else has to be there before: the Gateways that the routes name, the ServiceEntry of the host.
   * @default - nothing
   */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * All routing of one host: a DestinationRule that names the versions of the service and says how they are reached, and
 * the VirtualService that shares the requests out among them. One of each per host, since Istio does not merge two.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @example
 * new ServiceRouting("reviews", {
 *   namespace,
 *   mesh,
 *   subsets: { v1: {}, v2: {} },
 *   routes: [
 *     { match: [{ headers: { "end-user": { exact: "jason" } } }], to: { v2: 100 } },
 *     { to: { v1: 90, v2: 10 }, timeout: "3s" },
 *   ],
 * });
 */
export class ServiceRouting<Subset extends string> extends pulumi.ComponentResource {
  /** Host that the routing applies to. */
  readonly host: string;

  constructor(name: string, args: ServiceRoutingArgs<Subset>, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:ServiceRouting", name, {}, options);
    // Which subsets there are matters to the author of the arguments; the builders take any.
    const { namespace, mesh, after = [], ...rules }: ServiceRoutingArgs<string> = args;
    checkArguments(`the routing of ${name}`, routing, rules);
    this.host = args.host ?? name;

    declareRouting(name, rules, { parent: this, namespace, after: [namespace, mesh.controlPlane, ...after] });

    this.registerOutputs({ host: this.host });
  }
}

/** Where the objects of a routing belong. */
interface Place {
  readonly parent: pulumi.Resource;
  readonly namespace: MeshNamespace;
  readonly after: readonly pulumi.Resource[];
}

/** Declares the objects of a routing whose arguments have been checked. */
export function declareRouting(name: string, args: RoutingArgs, { parent, namespace, after }: Place): void {
  const { host = name, weightsManagedBy } = args;
  const place = { namespace: namespace.name };
  const object = objectName(name);
  const before = [...after];

  if (hasDestinationRule(args)) {
    // Argo Rollouts tells the two versions apart by labels that it writes itself: forced back, each subset would be all pods.
    const shared = weightsManagedBy === "argo-rollouts";
    before.push(
      istioObject(
        "DestinationRule",
        { ...place, name: `${object}-versions`, spec: destinationRuleSpec(host, args), shared },
        { parent, dependsOn: [...after], ...(shared && { ignoreChanges: ["spec.subsets"] }) },
      ),
    );
  }
  if (hasVirtualService(args)) {
    const shared = weightsManagedBy !== undefined;
    // A route to a subset that Envoy does not know yet is a 503: versions come first and go last.
    istioObject(
      "VirtualService",
      { ...place, name: `${object}-routes`, spec: virtualServiceSpec(host, args), shared },
      { parent, dependsOn: before, ...(shared && { ignoreChanges: ["spec.http", "spec.tcp", "spec.tls"] }) },
    );
  }
}

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
