import { MESH } from "../../../istio/gateways.ts";
import type {
  Destination,
  DestinationRuleSpec,
  GatewaySpec,
  VirtualServiceSpec,
} from "../../../istio/generated/specs.ts";
import { fqdnOf } from "../../../istio/hosts.ts";
import type { HttpRoute, TlsRoute } from "../../../istio/virtualService.ts";
import { defined } from "../../../lib/defined.ts";
import { EGRESS_NAMESPACE } from "../../istio/namespace.ts";
import type { Mesh } from "../../mesh.ts";
import type { ExternalOptions } from "./externalOptions.ts";

/** The pods by which requests leave the mesh, as the chart `gateway` makes them. */
export const EGRESS_GATEWAY = {
  namespace: EGRESS_NAMESPACE,
  host: fqdnOf({ name: "istio-egressgateway", namespace: EGRESS_NAMESPACE }),
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
export function egressGatewaySpec(host: string, ports: ExternalOptions["ports"]): GatewaySpec {
  const { http, tls } = egressPorts(ports);
  const server = (number: number, protocol: string, mode: "ISTIO_MUTUAL" | "PASSTHROUGH") => ({
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
export function egressHopSpec(host: string, exportTo: readonly string[]): DestinationRuleSpec {
  const tls = { mode: "ISTIO_MUTUAL", sni: host } as const;
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
): VirtualServiceSpec {
  const { http, tls } = egressPorts(ports);
  const to = (host: string, number: number, subset?: string) => [
    { destination: defined<Destination>({ host, subset, port: { number } }) },
  ];
  const viaGateway = (port: number) => to(EGRESS_GATEWAY.host, port, egressSubset(host));
  const httpRoutes = http.flatMap(({ number }): HttpRoute[] => [
    { match: [{ gateways: [MESH], port: number }], route: viaGateway(HTTP_PORT) },
    { match: [{ gateways: [gateway], port: HTTP_PORT }], route: to(host, number) },
  ]);
  const tlsRoutes = tls.flatMap(({ number }): TlsRoute[] => [
    { match: [{ gateways: [MESH], port: number, sniHosts: [host] }], route: viaGateway(TLS_PORT) },
    { match: [{ gateways: [gateway], port: TLS_PORT, sniHosts: [host] }], route: to(host, number) },
  ]);
  return defined<VirtualServiceSpec>({
    hosts: [host],
    gateways: [MESH, gateway],
    http: httpRoutes.length > 0 ? httpRoutes : undefined,
    tls: tlsRoutes.length > 0 ? tlsRoutes : undefined,
    exportTo,
  });
}
