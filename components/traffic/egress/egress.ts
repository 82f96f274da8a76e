import { EGRESS_NAMESPACE } from "../../istio/namespace.ts";
import type { Mesh } from "../../mesh.ts";
import type { ExternalOptions } from "./externalOptions.ts";

/** The pods by which requests leave the mesh, as the chart `gateway` makes them. */
export const EGRESS_GATEWAY = {
  namespace: EGRESS_NAMESPACE,
  host: `istio-egressgateway.${EGRESS_NAMESPACE}.svc.cluster.local`,
  selector: { istio: "egressgateway" },
} as const;

/** Namespaces whose proxies have to know a host that is called through the gateway: its pods are clients too. */
export const withEgressGateway = (exportTo: readonly string[], { egressGateway }: Mesh) => [
  ...new Set([...exportTo, ...(egressGateway?.namespaces ?? [EGRESS_GATEWAY.namespace])]),
];

const HTTP = ["HTTP", "HTTP2", "GRPC"];
const TLS = ["HTTPS", "TLS"];

/** Ports of the gateway: the sidecar's own TLS ends at 80, the client's TLS passes through 443. */
const HTTP_PORT = 80;
const TLS_PORT = 443;

/** The ports of a host that go through the egress gateway: of each kind, it can tell one. */
export function egressPorts(ports: ExternalOptions["ports"]) {
  const all = Object.values(ports);
  return {
    http: all.filter(({ protocol }) => HTTP.includes(protocol)),
    tls: all.filter(({ protocol }) => TLS.includes(protocol)),
    others: all.filter(({ protocol }) => !HTTP.includes(protocol) && !TLS.includes(protocol)),
  };
}

/** Name of a subset that stands for the host: the gateway's pods are the same, the server's name they see is not. */
export const egressSubset = (host: string) => host.replaceAll(".", "-").slice(0, 63).replace(/-$/, "");

/** The `spec` of the Gateway by which a host is let out. */
export function egressGatewaySpec(host: string, ports: ExternalOptions["ports"]) {
  const { http, tls } = egressPorts(ports);
  const server = (number: number, protocol: string, mode: string) => ({
    port: { number, name: `${protocol.toLowerCase()}-${number}`, protocol },
    hosts: [host],
    tls: { mode },
  });
  return {
    selector: EGRESS_GATEWAY.selector,
    servers: [
      ...(http.length > 0 ? [server(HTTP_PORT, "HTTPS", "ISTIO_MUTUAL")] : []),
      ...(tls.length > 0 ? [server(TLS_PORT, "TLS", "PASSTHROUGH")] : []),
    ],
  };
}

/** The `spec` of the DestinationRule for the way from a sidecar to the egress gateway. */
export function egressHopSpec(host: string, exportTo: readonly string[]) {
  const tls = { mode: "ISTIO_MUTUAL", sni: host };
  return {
    host: EGRESS_GATEWAY.host,
    subsets: [
      {
        name: egressSubset(host),
        labels: EGRESS_GATEWAY.selector,
        trafficPolicy: { portLevelSettings: [{ port: { number: HTTP_PORT }, tls }] },
      },
    ],
    exportTo,
  };
}

/** The `spec` of the VirtualService of both ways: from a sidecar to the gateway, from the gateway to the host. */
export function egressRoutesSpec(
  host: string,
  gateway: string,
  ports: ExternalOptions["ports"],
  exportTo: readonly string[],
) {
  const { http, tls } = egressPorts(ports);
  const to = (target: string, number: number, subset?: string) => [
    { destination: { host: target, ...(subset !== undefined && { subset }), port: { number } } },
  ];
  const viaGateway = (port: number) => to(EGRESS_GATEWAY.host, port, egressSubset(host));
  return {
    hosts: [host],
    gateways: ["mesh", gateway],
    ...(http.length > 0 && {
      http: http.flatMap(({ number }) => [
        { match: [{ gateways: ["mesh"], port: number }], route: viaGateway(HTTP_PORT) },
        { match: [{ gateways: [gateway], port: HTTP_PORT }], route: to(host, number) },
      ]),
    }),
    ...(tls.length > 0 && {
      tls: tls.flatMap(({ number }) => [
        { match: [{ gateways: ["mesh"], port: number, sniHosts: [host] }], route: viaGateway(TLS_PORT) },
        { match: [{ gateways: [gateway], port: TLS_PORT, sniHosts: [host] }], route: to(host, number) },
      ]),
    }),
    exportTo,
  };
}
