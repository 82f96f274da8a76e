import type { GatewaySpec } from "../../../istio/generated/specs.ts";
import type { Labels } from "../../../istio/labels.ts";
import * as field from "../../../lib/schema/fields.ts";
import { objectName } from "../objectName.ts";

/** How a host is open to the outside, as plain data. */
export interface GatewayOptions {
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
    /**
     * Oldest version of TLS that is taken.
     * @default "TLSV1_2"
     */
    readonly minProtocolVersion?: "TLSV1_2" | "TLSV1_3";
  };

  /**
   * Whether plain HTTP on port 80 is answered with 301 to https. False leaves port 80 closed for these hosts.
   * @default - true where there is `tls`
   */
  readonly httpsRedirect?: boolean;
}

/** Schema of `GatewayOptions`. */
export const gatewayRules = field
  .section({
    hosts: field.gatewayHosts,
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

/** Name of the Gateway object of a component. Names of Gateways have no dots. */
export const gatewayName = (name: string) => `${objectName(name).replaceAll(".", "-").slice(0, 55)}-ingress`;

type Server = NonNullable<GatewaySpec["servers"]>[number];

/** The `spec` of a Gateway. */
export function gatewayServersSpec(
  selector: Labels,
  { hosts, tls, httpsRedirect = tls !== undefined }: GatewayOptions,
): GatewaySpec {
  // The numbers of ports of the gateway's Service, to which Istio maps them; no others are reached from outside.
  const http: Server = { port: { number: 80, name: "http", protocol: "HTTP" }, hosts };
  if (tls === undefined) return { selector, servers: [http] };
  const https: Server = { port: { number: 443, name: "https", protocol: "HTTPS" }, hosts, tls };
  return { selector, servers: [...(httpsRedirect ? [{ ...http, tls: { httpsRedirect: true } }] : []), https] };
}
