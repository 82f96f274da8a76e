import type { GatewaySpec, VirtualServiceSpec } from "../../../istio/generated/specs.ts";
import type { Labels } from "../../../istio/labels.ts";
import { gatewayServersSpec } from "./gatewayOptions.ts";

/** How TLS ends at the ingress gateway. */
export interface ExposureTls {
  /** Secret of the type `kubernetes.io/tls` in the namespace of the gateway, `istio-ingress`. */
  readonly credentialName: string;
}

/** How the path of a request is compared. */
export type PathMatch =
  | {
      /** The whole path. */
      readonly exact: string;
    }
  | {
      /** What the path begins with. */
      readonly prefix: string;
    };

/** The `spec` of a Gateway that takes requests for the hosts: plain HTTP, or HTTPS and a redirect to it. */
export function gatewaySpec(selector: Labels, hosts: readonly string[], tls?: ExposureTls): GatewaySpec {
  if (tls === undefined) return gatewayServersSpec(selector, { hosts });
  const { credentialName } = tls;
  return gatewayServersSpec(selector, {
    hosts,
    tls: { mode: "SIMPLE", credentialName, minProtocolVersion: "TLSV1_2" },
  });
}

/** The `spec` of a VirtualService that leads the paths from the gateway to a service; every path if there are none. */
export function virtualServiceSpec(
  gateway: string,
  hosts: readonly string[],
  paths: readonly PathMatch[],
  service: string,
): VirtualServiceSpec {
  const route = [{ destination: { host: service } }];
  return {
    hosts,
    gateways: [gateway],
    http: [paths.length > 0 ? { match: paths.map((uri) => ({ uri })), route } : { route }],
  };
}
