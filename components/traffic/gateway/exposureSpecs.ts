import type { ExposureTls } from "../../application/service.ts";

/** How the path of a request is compared. */
export type PathMatch = { readonly exact: string } | { readonly prefix: string };

/** The `spec` of a Gateway that takes requests for the hosts: plain HTTP, or HTTPS and a redirect to it. */
export function gatewaySpec(selector: Readonly<Record<string, string>>, hosts: readonly string[], tls?: ExposureTls) {
  // The numbers of ports of the gateway's Service, to which Istio maps them; no others are reached from outside.
  const http = { port: { number: 80, name: "http", protocol: "HTTP" }, hosts };
  const https = { port: { number: 443, name: "https", protocol: "HTTPS" }, hosts };
  return {
    selector,
    servers: tls
      ? [
          { ...http, tls: { httpsRedirect: true } },
          { ...https, tls: { mode: "SIMPLE", credentialName: tls.credentialName, minProtocolVersion: "TLSV1_2" } },
        ]
      : [http],
  };
}

/** The `spec` of a VirtualService that leads the paths from the gateway to a service; every path if there are none. */
export function virtualServiceSpec(
  gateway: string,
  hosts: readonly string[],
  paths: readonly PathMatch[],
  service: string,
) {
  return {
    hosts,
    gateways: [gateway],
    http: [
      {
        ...(paths.length > 0 && { match: paths.map((uri) => ({ uri })) }),
        route: [{ destination: { host: service } }],
      },
    ],
  };
}
