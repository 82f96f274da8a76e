import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../application/meshNamespace.ts";
import { checkArguments } from "../checkArguments.ts";
import type { GatewayWorkload } from "../istio/istio.ts";
import type { Mesh } from "../mesh.ts";
import { withEgressGateway } from "./egress/egress.ts";
import { ExternalService } from "./egress/externalService.ts";
import { Gateway } from "./gateway/gateway.ts";
import { bound, hostTraffic, type HostTrafficOptions } from "./hostTrafficOptions.ts";
import { KubernetesIngress } from "./gateway/ingress.ts";
import { OpenShiftRoute } from "./gateway/openShiftRoute.ts";
import { RateLimit } from "./rateLimit/rateLimit.ts";
import type { RateLimitService } from "./rateLimit/service/rateLimitService.ts";
import { declareRouting } from "./serviceRouting.ts";

export interface HostTrafficArgs<Subset extends string> extends HostTrafficOptions<Subset> {
  /** Namespace of the service, or of those who call a host outside. */
  readonly namespace: MeshNamespace;
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
  /**
   * Counts the requests of a `rateLimit` with `scope: mesh`, which needs it; its `hosts` name this one.
   * @default - none
   */
  readonly rateLimitService?: RateLimitService | undefined;
}

/**
 * All about the traffic to one host: what a `ServiceRouting` is, and where it is asked for the way in from outside, the
 * way out of the mesh, and a limit of requests.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 */
export class HostTraffic<Subset extends string> extends pulumi.ComponentResource {
  constructor(name: string, args: HostTrafficArgs<Subset>, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:HostTraffic", name, {}, options);
    // Which subsets there are matters to the author of the arguments; the builders take any.
    const { namespace, mesh, rateLimitService: counting, ...rules }: HostTrafficArgs<string> = args;
    checkArguments(`the traffic of ${name}`, hostTraffic(name), rules);
    const { exposure, ingress, openShiftRoute, external, rateLimit, ...routing } = bound(name, { ...rules });
    const place = { namespace, mesh };
    const child = { parent: this };
    const after: pulumi.Resource[] = [namespace, mesh.controlPlane];

    const { host = name, exportTo = external && ["."] } = rules;
    if (external) {
      after.push(new ExternalService(name, { ...external, ...place, host, ...(exportTo && { exportTo }) }, child));
    }
    if (exposure) after.push(new Gateway(name, { ...exposure, ...place }, child));
    const clients = exportTo && external?.egressGateway ? withEgressGateway(exportTo, mesh) : exportTo;
    const routed = { ...routing, ...(clients && { exportTo: clients }) };
    declareRouting(name, routed, { parent: this, namespace, after });
    const [service = host] = host.split(".");
    if (ingress) new KubernetesIngress(name, { ...ingress, ...place, service }, child);
    if (openShiftRoute) new OpenShiftRoute(name, { ...openShiftRoute, mesh }, child);
    if (rateLimit) new RateLimit(name, { ...rateLimit, ...place, host: service, service: counting }, child);

    this.registerOutputs({ host });
  }
}
