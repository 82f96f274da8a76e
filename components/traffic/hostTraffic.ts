import * as pulumi from "@pulumi/pulumi";
import * as field from "../../lib/schema/fields";
import type { MeshNamespace } from "../application/meshNamespace";
import { checkArguments, reporting, type Report } from "../arguments";
import type { GatewayWorkload } from "../istio/istio";
import type { Mesh } from "../mesh";
import { withEgressGateway } from "./egress";
import { externalRules, type ExternalRules } from "./externalRules";
import { ExternalService } from "./externalService";
import { Gateway, gatewayName, gatewayRules, type GatewayRules } from "./gateway";
import { ingressRules, KubernetesIngress, type IngressRules } from "./ingress";
import { OpenShiftRoute, openShiftRouteRules, type OpenShiftRouteRules } from "./openshiftRoute";
import { RateLimit, rateLimitRules, type RateLimitRules } from "./rateLimit";
import { checkRouting, hasVirtualService, routingShape, type RoutingArgs } from "./routing";
import { declareRouting } from "./serviceRouting";

/** All that can be said about the traffic to one host, as plain data: in TypeScript and in a stack file alike. */
export interface HostTrafficRules<Subset extends string = string> extends RoutingArgs<Subset> {
  /**
   * Opens the ingress gateway for hosts, and binds the routes to it, beside the sidecars: what holds inside holds
   * outside.
   * @default - only what is in the mesh reaches the service
   */
  readonly exposure?: GatewayRules;

  /**
   * Opens the service by a plain Kubernetes Ingress.
   * @default - none
   */
  readonly ingress?: IngressRules;

  /**
   * Leads from OpenShift's router to the ingress gateway.
   * @default - none
   */
  readonly openShiftRoute?: OpenShiftRouteRules;

  /**
   * Makes the host known, where it is no service of the cluster, and says how requests get there.
   * @default - a service of the cluster
   */
  readonly external?: ExternalRules;

  /**
   * Limits the requests that each pod takes.
   * @default - no limit
   */
  readonly rateLimit?: RateLimitRules;
}

export interface HostTrafficArgs<Subset extends string> extends HostTrafficRules<Subset> {
  /** Namespace of the service, or of those who call a host outside. */
  readonly namespace: MeshNamespace;
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
}

/** Shape of `HostTrafficRules`, for schemas that extend it; `checkHostTraffic` has the rules about several of them. */
export const hostTrafficShape = {
  ...routingShape,
  exposure: gatewayRules.exactOptional(),
  ingress: ingressRules.exactOptional(),
  openShiftRoute: openShiftRouteRules.exactOptional(),
  external: externalRules.exactOptional(),
  rateLimit: rateLimitRules.exactOptional(),
};

/** The rules about several arguments at once, for the host `name`. */
export function checkHostTraffic(name: string, args: Readonly<Record<string, unknown>>, report: Report): void {
  checkRouting(bound(name, args), report);
  if (Object.keys(args).every((key) => ["namespace", "host", "hosts", "gateways", "exportTo"].includes(key))) {
    report([], "says nothing about traffic: add subsets, routes or a trafficPolicy, or leave the host out");
  }
  const { external } = args;
  if (typeof external !== "object" || external === null) return;
  for (const key of ["exposure", "ingress", "openShiftRoute", "rateLimit"]) {
    if (args[key] !== undefined) report([key], "has no place beside external: the host is not in the cluster");
  }
  if ((external as ExternalRules).egressGateway !== true) return;
  const { host = name } = args;
  if (typeof host === "string" && host.startsWith("*.")) {
    report(["external", "egressGateway"], "needs a host by its full name: the gateway has to know where requests go");
  }
  for (const key of ["routes", "tcpRoutes", "tlsRoutes"]) {
    if (args[key] !== undefined) report([key], "has no place beside external.egressGateway, which routes the requests");
  }
}

const hostTraffic = (name: string) =>
  field.section(hostTrafficShape).superRefine((args, context) => {
    checkHostTraffic(name, args, reporting(context));
  }, field.always);

/** The arguments with what `exposure` stands for: a Gateway more among `gateways`, and its hosts among `hosts`. */
function bound<Args extends Readonly<Record<string, unknown>>>(name: string, args: Args): Args {
  const { exposure, gateways = ["mesh"], hosts = [args.host ?? name] } = args;
  const outside: unknown = (Object(exposure) as Partial<GatewayRules>).hosts;
  if (!Array.isArray(outside) || !Array.isArray(gateways) || !Array.isArray(hosts)) return args;
  return {
    ...args,
    gateways: [...new Set([...(gateways as unknown[]), gatewayName(name)])],
    hosts: [...new Set([...(hosts as unknown[]), ...(outside as unknown[])])],
    ...(!hasVirtualService(args) && { routes: [{}] }),
  };
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
    const { namespace, mesh, ...rules } = args;
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
    const clients = exportTo && external?.egressGateway ? withEgressGateway(exportTo) : exportTo;
    const routed = { ...(routing as unknown as RoutingArgs), ...(clients && { exportTo: clients }) };
    declareRouting(name, routed, { parent: this, namespace, after });
    const [service = host] = host.split(".");
    if (ingress) new KubernetesIngress(name, { ...ingress, ...place, service }, child);
    if (openShiftRoute) new OpenShiftRoute(name, { ...openShiftRoute, mesh }, child);
    if (rateLimit) new RateLimit(name, { workload: { app: service }, ...rateLimit, ...place }, child);

    this.registerOutputs({ host });
  }
}
