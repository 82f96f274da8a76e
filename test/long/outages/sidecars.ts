// Between sidecars: settings that apply to nothing, and TLS once too often or not at all.
import {
  destinationRule,
  envoyFilter,
  NAMESPACE,
  PATH,
  PODS,
  service,
  serviceEntry,
  SHOP_URL,
  telemetry,
  toShop,
  virtualService,
  type Outage,
} from "./outage.ts";

/** A host outside the mesh that serves HTTPS: it is the API server. No DNS knows the name. */
const HOST = "api.example.com";
const at = (port: number) => ["--resolve", `${HOST}:${port}:240.240.0.1`];
const outside = (port: object) =>
  serviceEntry({
    hosts: [HOST],
    location: "MESH_EXTERNAL",
    resolution: "DNS",
    ports: [port],
    endpoints: [{ address: "kubernetes.default.svc.cluster.local" }],
  });
const originated = { tls: { mode: "SIMPLE", insecureSkipVerify: true } };
const pool = { connectionPool: { tcp: { maxConnections: 100 } } };
const policyOf = (trafficPolicy: object) => destinationRule({ host: HOST, trafficPolicy });
const http = outside({ number: 80, targetPort: 443, name: "http", protocol: "HTTP" });
const https = outside({ number: 443, name: "https", protocol: "HTTPS" });

const answered = { directResponse: { status: 418 } };
const plain = (name: string) => [
  service({ selector: PODS, ports: [{ name, port: 80, targetPort: 9080 }] }, "plain"),
  virtualService({ hosts: ["plain"], http: [answered] }),
];

/** A filter before that which routes, for what comes in at a port. */
const inbound = (portNumber: number, fault: object) =>
  envoyFilter({
    workloadSelector: { labels: PODS },
    configPatches: [
      {
        applyTo: "HTTP_FILTER",
        match: {
          context: "SIDECAR_INBOUND",
          listener: {
            portNumber,
            filterChain: {
              filter: {
                name: "envoy.filters.network.http_connection_manager",
                subFilter: { name: "envoy.filters.http.router" },
              },
            },
          },
        },
        patch: {
          operation: "INSERT_BEFORE",
          value: {
            name: "envoy.filters.http.fault",
            typed_config: { "@type": "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault", ...fault },
          },
        },
      },
    ],
  });
const always = { percentage: { numerator: 100 } };
const teapot = { abort: { http_status: 418, ...always } };
const slow = inbound(9080, { delay: { fixed_delay: "15s", ...always } });
const patient = (timeout: string, perTryTimeout: string) =>
  virtualService({
    hosts: ["shop"],
    http: [{ ...toShop(), timeout, retries: { attempts: 2, perTryTimeout, retryOn: "gateway-error" } }],
  });

const logsOfErrors = (name: string) =>
  telemetry({
    selector: { matchLabels: PODS },
    accessLogging: [{ providers: [{ name }], filter: { expression: "response.code >= 500" } }],
  });

export const betweenSidecars: readonly Outage[] = [
  {
    rule: "port-level-settings-keep-tls",
    what: "plain text is sent to a port of TLS",
    bad: [http, policyOf({ ...originated, portLevelSettings: [{ port: { number: 80 }, ...pool }] })],
    good: [http, policyOf({ ...originated, portLevelSettings: [{ port: { number: 80 }, ...pool, ...originated }] })],
    ask: ({ inMesh }) => inMesh(`http://${HOST}/livez`, ...at(80)),
    seen: { bad: 400, good: 200 },
  },
  {
    rule: "tls-once",
    bad: [https, policyOf(originated)],
    good: [https, policyOf(pool)],
    ask: ({ inMesh }) => inMesh(`https://${HOST}/livez`, "-k", ...at(443)),
    seen: { bad: 0, good: 200 },
  },
  {
    rule: "http-routes-on-http-port",
    what: "requests pass the routes by",
    bad: plain("tcp"),
    good: plain("http"),
    ask: ({ inMesh }) => inMesh(`http://plain${PATH}`),
    seen: { bad: 200, good: 418 },
  },
  {
    rule: "mesh-host-provided",
    bad: [virtualService({ hosts: ["shop2"], http: [answered] })],
    good: [
      virtualService({ hosts: ["shop2"], http: [answered] }),
      service({ selector: PODS, ports: [{ name: "http", port: 80, targetPort: 9080 }] }, "shop2"),
    ],
    ask: ({ inMesh }) => inMesh(`http://shop2${PATH}`),
    seen: { bad: 0, good: 418 },
  },
  {
    rule: "patch-on-pod-port",
    what: "the patch applies to nothing",
    bad: [inbound(80, teapot)],
    good: [inbound(9080, teapot)],
    ask: ({ inMesh }) => inMesh(SHOP_URL),
    seen: { bad: 200, good: 418 },
  },
  {
    rule: "timeout-covers-one-try",
    what: "nothing is tried again",
    bad: [slow, patient("1s", "2s")],
    good: [slow, patient("9s", "1s")],
    // Three tries of a second each.
    ask: async ({ secondsOf }) => (await secondsOf(`http://shop.${NAMESPACE}${PATH}`)) >= 3,
    seen: { bad: false, good: true },
  },
  {
    rule: "provider-configured",
    what: "the settings apply to nothing, so all is logged",
    bad: [logsOfErrors("nobody")],
    good: [logsOfErrors("envoy")],
    ask: async ({ inMesh, logged }) => {
      const path = `${PATH}?${Math.random()}`;
      await inMesh(`http://shop.${NAMESPACE}${path}`);
      // It writes its log once a second.
      await new Promise((resolve) => setTimeout(resolve, 2000));
      return (await logged(path)) > 0;
    },
    seen: { bad: true, good: false },
  },
];
