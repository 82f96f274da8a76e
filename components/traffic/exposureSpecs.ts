/** How the path of a request is compared. */
export type PathMatch = { readonly exact: string } | { readonly prefix: string };

/** The `spec` of a Gateway that takes plain HTTP for the hosts. */
export function gatewaySpec(selector: Readonly<Record<string, string>>, hosts: readonly string[]) {
  return {
    selector,
    // The number of a port of the gateway's Service, to which Istio maps it; no other number is reached from outside.
    servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts }],
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
