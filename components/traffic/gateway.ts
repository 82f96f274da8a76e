import * as pulumi from "@pulumi/pulumi";
import * as field from "../../lib/schema/fields";
import type { MeshNamespace } from "../application/meshNamespace";
import { checkArguments } from "../arguments";
import type { GatewayWorkload } from "../istio/istio";
import type { Mesh } from "../mesh";
import { istioObject, objectName } from "./objects";

/** How a host is open to the outside, as plain data. */
export interface GatewayRules {
  /** Hosts by whose names requests come; `*` would take those for all others too. */
  readonly hosts: readonly string[];

  /**
   * Encryption between the client and the gateway, on port 443.
   * @default - none: plain HTTP on port 80
   * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/
   */
  readonly tls?: {
    /** `SIMPLE` as for a browser; `MUTUAL` asks the client for a certificate too. */
    readonly mode: "SIMPLE" | "MUTUAL";
    /**
     * Secret in the namespace of the gateway's pods: `tls.crt` and `tls.key`, for `MUTUAL` also `ca.crt`, by which
     * the clients' certificates are checked.
     */
    readonly credentialName: string;
    /** @default "TLSV1_2" */
    readonly minProtocolVersion?: "TLSV1_2" | "TLSV1_3";
  };

  /**
   * Whether plain HTTP on port 80 is answered with 301 to https. False leaves port 80 closed for these hosts.
   * @default - true where there is `tls`
   */
  readonly httpsRedirect?: boolean;
}

export interface GatewayArgs extends GatewayRules {
  /** Namespace of the services behind it. */
  readonly namespace: MeshNamespace;

  /** The mesh, whose ingress gateway serves the hosts. */
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
}

/** Schema of `GatewayRules`. */
export const gatewayRules = field
  .section({
    hosts: field.hosts,
    tls: field
      .section({
        mode: field.oneOf(["SIMPLE", "MUTUAL"]),
        credentialName: field.dnsLabel,
        minProtocolVersion: field.oneOf(["TLSV1_2", "TLSV1_3"]).exactOptional(),
      })
      .exactOptional(),
    httpsRedirect: field.flag.exactOptional(),
  })
  .refine(({ tls, httpsRedirect }) => tls !== undefined || httpsRedirect !== true, {
    path: ["httpsRedirect"],
    error: "needs tls: without it there is nothing on port 443 to redirect to",
    ...field.always,
  });

/**
 * Opens the ingress gateway for hosts: on port 80, or on port 443 with a redirect from port 80. Routes that name it
 * among their `gateways` say where the requests go; a `ServiceRouting` that names `mesh` beside it holds the same
 * weights from inside and from outside.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 */
export class Gateway extends pulumi.ComponentResource {
  /** Name for the `gateways` of routes in the same namespace. */
  readonly name: string;

  constructor(name: string, args: GatewayArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:Gateway", name, {}, options);
    const { namespace, mesh, ...rules } = args;
    checkArguments(`the gateway of ${name}`, gatewayRules, rules);
    this.name = gatewayName(name);

    istioObject(
      "Gateway",
      { name: this.name, namespace: namespace.name, spec: gatewayServersSpec(mesh.ingressGateway.selector, rules) },
      { parent: this, dependsOn: [namespace, mesh.controlPlane] },
    );

    this.registerOutputs({ name: this.name });
  }
}

/** Name of the Gateway object of a component. Names of Gateways have no dots. */
export const gatewayName = (name: string) => `${objectName(name).replaceAll(".", "-").slice(0, 55)}-ingress`;

/** The `spec` of a Gateway. */
export function gatewayServersSpec(
  selector: Readonly<Record<string, string>>,
  { hosts, tls, httpsRedirect = tls !== undefined }: GatewayRules,
) {
  const http = { port: { number: 80, name: "http", protocol: "HTTP" }, hosts };
  const https = { port: { number: 443, name: "https", protocol: "HTTPS" }, hosts, tls };
  return {
    selector,
    servers: [
      ...(tls === undefined ? [http] : []),
      ...(tls !== undefined && httpsRedirect ? [{ ...http, tls: { httpsRedirect: true } }] : []),
      ...(tls === undefined ? [] : [https]),
    ],
  };
}
