import * as field from "../../lib/schema/fields.ts";
import { reporting, type Report } from "../arguments.ts";
import { externalRules, type ExternalOptions } from "./egress/externalOptions.ts";
import { checkExternalHost, checkExternalTraffic } from "./egress/externalTraffic.ts";
import { gatewayName, gatewayRules, type GatewayOptions } from "./gateway/gatewayOptions.ts";
import { ingressRules, type IngressOptions } from "./gateway/ingressOptions.ts";
import { openShiftRouteRules, type OpenShiftRouteOptions } from "./gateway/openShiftRouteOptions.ts";
import { rateLimitRules, type RateLimitOptions } from "./rateLimit/rateLimitOptions.ts";
import { checkRepeatedHosts } from "./routing/repeatedHosts.ts";
import { checkRouting, hasVirtualService, routedHost, routingFields, type RoutingArgs } from "./routing/routing.ts";
import { mapOf } from "../../lib/untrusted.ts";

/** All that can be said about the traffic to one host, as plain data: in TypeScript and in a stack file alike. */
export interface HostTrafficOptions<Subset extends string = string> extends RoutingArgs<Subset> {
  /**
   * Opens the ingress gateway for hosts, and binds the routes to it, beside the sidecars: what holds inside holds
   * outside.
   * @default - only what is in the mesh reaches the service
   */
  readonly exposure?: GatewayOptions;

  /**
   * Opens the service by a plain Kubernetes Ingress.
   * @default - none
   */
  readonly ingress?: IngressOptions;

  /**
   * Leads from OpenShift's router to the ingress gateway.
   * @default - none
   */
  readonly openShiftRoute?: OpenShiftRouteOptions;

  /**
   * Makes the host known, where it is no service of the cluster, and says how requests get there.
   * @default - a service of the cluster
   */
  readonly external?: ExternalOptions;

  /**
   * Limits the requests that each pod takes, or all pods together.
   * @default - no limit
   */
  readonly rateLimit?: RateLimitOptions;
}

/** Fields of `HostTrafficOptions`, for schemas that extend it; `checkHostTraffic` has the rules about several of them. */
export const hostTrafficFields = {
  ...routingFields,
  exposure: gatewayRules.exactOptional(),
  ingress: ingressRules.exactOptional(),
  openShiftRoute: openShiftRouteRules.exactOptional(),
  external: externalRules.exactOptional(),
  rateLimit: rateLimitRules.exactOptional(),
};

/** The rules about several arguments at once, for the host `name`. */
export function checkHostTraffic(name: string, args: Readonly<Record<string, unknown>>, report: Report): void {
  checkRouting({ host: name, ...bound(name, args) }, report);
  checkRepeatedHosts(args, report);
  if (Object.keys(args).every((key) => ["namespace", "host", "hosts", "gateways", "exportTo"].includes(key))) {
    report([], "says nothing about traffic: add subsets, routes or a trafficPolicy, or leave the host out");
  }
  const { external, host = name } = args;
  if (typeof external !== "object" || external === null) {
    checkSubsetLabels(host, args.subsets, report);
    return;
  }
  checkExternalHost(host, mapOf(external), (path, reason) => {
    report(["external", ...path], reason);
  });
  checkExternalTraffic(host, args, report);
  for (const key of ["exposure", "ingress", "openShiftRoute", "rateLimit"]) {
    if (args[key] !== undefined) report([key], "has no place beside external: the host is not in the cluster");
  }
  if ((external as ExternalOptions).egressGateway !== true) return;
  if (typeof host === "string" && host.startsWith("*.")) {
    report(["external", "egressGateway"], "needs a host by its full name: the gateway has to know where requests go");
  }
  for (const key of ["routes", "tcpRoutes", "tlsRoutes"]) {
    if (args[key] !== undefined) report([key], "has no place beside external.egressGateway, which routes the requests");
  }
}

/** A subset without labels has its use where servers have none: outside of the cluster. */
function checkSubsetLabels(host: unknown, subsets: unknown, report: Report): void {
  if (typeof host !== "string" || (host.includes(".") && !host.endsWith(".svc.cluster.local"))) return;
  for (const [subset, { labels }] of Object.entries(mapOf(subsets)).map(([key, each]) => [key, mapOf(each)] as const)) {
    if (labels === undefined || Object.keys(Object(labels) as object).length > 0) continue;
    report(["subsets", subset, "labels"], "chooses all pods: name labels, or leave it out for the label version");
  }
}

/** Schema of the `HostTrafficOptions` of the host `name`. */
export const hostTraffic = (name: string) =>
  field.section(hostTrafficFields).superRefine((args, context) => {
    checkHostTraffic(name, args, reporting(context));
  }, field.always);

/** The arguments with what `exposure` stands for: a Gateway more among `gateways`, and its hosts among `hosts`. */
export function bound<Args extends Readonly<Record<string, unknown>>>(name: string, args: Args): Args {
  const { exposure, gateways = ["mesh"], hosts = [args.host ?? name] } = args;
  const outside: unknown = (Object(exposure) as Partial<GatewayOptions>).hosts;
  if (!Array.isArray(outside) || !Array.isArray(gateways) || !Array.isArray(hosts)) return args;
  return {
    ...args,
    gateways: [...new Set([...(gateways as unknown[]), gatewayName(name)])],
    hosts: [...new Set([...(hosts as unknown[]), ...(outside as unknown[])])],
    ...(!hasVirtualService(args) && { routes: [{}] }),
  };
}

/** What a stack file says about the traffic to one host. */
export interface HostTrafficSection extends HostTrafficOptions {
  /**
   * The host as clients call it, where the key is another name.
   * @default - the key
   */
  readonly host?: string;

  /**
   * Namespace of the service, or of those who call a host outside; one of the stack's own.
   * @default - Bookinfo's
   */
  readonly namespace?: string;
}

const host = field.section({ ...hostTrafficFields, namespace: field.namespace.exactOptional() });

/** Hosts and what happens to the requests for them: exactly the arguments of `HostTraffic`. */
export const traffic = field
  .named(routedHost, host, "hosts to what happens to their requests")
  .superRefine((hosts, context) => {
    const report = reporting(context);
    for (const [name, args] of Object.entries<unknown>(hosts)) {
      if (typeof args !== "object" || args === null || Array.isArray(args)) continue;
      checkHostTraffic(name, mapOf(args), (path, reason) => {
        report([name, ...path], reason);
      });
    }
  }, field.always)
  .transform((hosts): Readonly<Record<string, HostTrafficSection>> => hosts);
