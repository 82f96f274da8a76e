// At a gateway: routes that it does not take, and what it does not see.
import type { Callers } from "./callers.ts";
import { destinationRule, gateway, NAMESPACE, PATH, toShop, virtualService, type Outage } from "./outage.ts";

const HOST = "shop.example.com";
const ENTRY = `http://istio-ingressgateway.istio-ingress${PATH}`;

const HTTP = { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: [HOST] };
const entry = (...servers: readonly object[]) => gateway({ selector: { istio: "ingressgateway" }, servers });
const routed = (http: readonly object[], more: object = {}) =>
  virtualService({ hosts: [HOST], gateways: ["shop"], http, ...more });

const enter = ({ outside }: Callers) => outside(ENTRY, "-H", `Host: ${HOST}`);
const byPath = { match: [{ uri: { prefix: "/details" } }], ...toShop() };
const root = routed([{ match: byPath.match, delegate: { name: "routes", namespace: NAMESPACE } }]);

const subset = (more: object) =>
  destinationRule({ host: "shop", subsets: [{ name: "v1", labels: { version: "v1" } }], ...more });

const [SHARED, TLS] = [18_080, 18_443];
const tcp = (number: number) => [
  entry(
    { port: { number, name: "tcp", protocol: "TCP" }, hosts: ["*"] },
    { ...HTTP, port: { ...HTTP.port, number: SHARED } },
  ),
  routed([toShop()]),
  virtualService(
    {
      hosts: ["*"],
      gateways: ["shop"],
      tcp: [{ match: [{ port: number }], route: [{ destination: { host: "ratings", port: { number: 9080 } } }] }],
    },
    "tcp",
  ),
];

const passthrough = entry({
  port: { number: TLS, name: "tls", protocol: "TLS" },
  tls: { mode: "PASSTHROUGH" },
  hosts: [HOST],
});
const API_SERVER = { host: "kubernetes.default.svc.cluster.local", port: { number: 443 } };

export const atGateways: readonly Outage[] = [
  {
    rule: "virtual-service-exported-to-gateway",
    bad: [entry(HTTP), routed([toShop()], { exportTo: ["."] })],
    good: [entry(HTTP), routed([toShop()])],
    ask: enter,
    seen: { bad: 404, good: 200 },
  },
  {
    rule: "destination-rule-exported-to-gateway",
    bad: [entry(HTTP), routed([toShop({ subset: "v1" })]), subset({ exportTo: ["."] })],
    good: [entry(HTTP), routed([toShop({ subset: "v1" })]), subset({})],
    ask: enter,
    seen: { bad: 503, good: 200 },
  },
  {
    rule: "one-protocol-on-a-port",
    what: "the requests go where those of the other protocol go",
    bad: tcp(SHARED),
    good: tcp(SHARED + 1),
    ask: ({ outside, gatewayPod }) => outside(`http://${gatewayPod}:${SHARED}${PATH}`, "-H", `Host: ${HOST}`),
    seen: { bad: 404, good: 200 },
  },
  {
    rule: "routes-fit-server",
    bad: [passthrough, routed([{ route: [{ destination: API_SERVER }] }])],
    good: [
      passthrough,
      virtualService({
        hosts: [HOST],
        gateways: ["shop"],
        tls: [{ match: [{ port: TLS, sniHosts: [HOST] }], route: [{ destination: API_SERVER }] }],
      }),
    ],
    ask: ({ outside, gatewayPod }) =>
      outside(`https://${HOST}:${TLS}/livez`, "-k", "--resolve", `${HOST}:${TLS}:${gatewayPod}`),
    seen: { bad: 0, good: 200 },
  },
  {
    rule: "match-source-in-mesh",
    // The client has this label.
    bad: [entry(HTTP), routed([{ match: [{ sourceLabels: { app: "reviews" } }], ...toShop() }])],
    good: [entry(HTTP), routed([byPath])],
    ask: enter,
    seen: { bad: 404, good: 200 },
  },
  {
    rule: "delegate-exists",
    bad: [entry(HTTP), root],
    good: [entry(HTTP), root, virtualService({ http: [toShop()] }, "routes")],
    ask: enter,
    seen: { bad: 404, good: 200 },
  },
  {
    rule: "delegate-match-in-root",
    bad: [entry(HTTP), root, virtualService({ http: [{ ...byPath, match: [{ uri: { prefix: "/0" } }] }] }, "routes")],
    good: [entry(HTTP), root, virtualService({ http: [{ ...byPath, match: [{ uri: { prefix: PATH } }] }] }, "routes")],
    ask: enter,
    seen: { bad: 404, good: 200 },
  },
];
