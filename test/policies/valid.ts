import type { Manifest } from "./judge.ts";

/*
 * A valid object of each kind with much in it. What belongs together is one change away from what is wrong.
 */

const object = (apiVersion: string, kind: string, spec: unknown): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: "shop", namespace: "prod", annotations: {}, labels: { app: "shop" } },
  spec,
});

const networking = "networking.istio.io/v1";

export const virtualService = object(networking, "VirtualService", {
  hosts: ["shop.example.com", "*.shop.example.com", "10.1.2.3"],
  gateways: ["prod/entry", "mesh", "inner"],
  exportTo: [".", "team"],
  http: [
    {
      name: "routed",
      match: [
        {
          uri: { prefix: "/api" },
          scheme: { exact: "https" },
          method: { regex: "GET|HEAD" },
          authority: { prefix: "shop" },
          headers: { "x-user": { exact: "jason" }, ":path": { prefix: "/" } },
          withoutHeaders: { "x-bot": { regex: "*" } },
          queryParams: { page: { prefix: "1" } },
          port: 443,
          sourceLabels: { "example.com/app": "shop", empty: "" },
          gateways: ["prod/entry"],
          sourceNamespace: "prod",
        },
      ],
      route: [
        {
          destination: { host: "reviews.prod.svc.cluster.local", subset: "v1", port: { number: 9080 } },
          weight: 90,
          headers: { response: { set: { "x-by": "%UPSTREAM_HOST%" } } },
        },
        { destination: { host: "reviews" }, weight: 10 },
      ],
      headers: {
        request: { set: { host: "shop" }, add: { "x-a": "100%%" }, remove: ["x-b"] },
        response: { add: { "x-c": '%REQ(X-A)% and %DYNAMIC_METADATA(["a", "b"])%' }, remove: ["server"] },
      },
      retries: { attempts: 3, perTryTimeout: "2s", retryOn: "5xx,gateway-error,503", retryRemoteLocalities: true },
      timeout: "0.5s",
      fault: {
        delay: { fixedDelay: "7s", percentage: { value: 0.1 } },
        abort: { httpStatus: 503, percentage: { value: 100 } },
      },
      mirrors: [{ destination: { host: "shadow" }, percentage: { value: 50 } }],
      corsPolicy: {
        allowOrigins: [{ exact: "https://example.com" }, { regex: ".*" }],
        allowMethods: ["GET", "*"],
        allowHeaders: ["x-user", "*"],
        maxAge: "24h",
      },
      rewrite: { uriRegexRewrite: { match: "^/api/(.*)$", rewrite: "/\\1" } },
    },
    {
      name: "redirected",
      match: [{ uri: { prefix: "/old" } }],
      redirect: { prefixRewrite: "/new", redirectCode: 308, scheme: "https", port: 443 },
    },
    {
      name: "mirrored",
      route: [{ destination: { host: "a" } }],
      mirror: { host: "b" },
      mirrorPercentage: { value: 1 },
    },
    { name: "answered", directResponse: { status: 200, body: { string: "ok" } } },
    { name: "delegated", delegate: { name: "parts", namespace: "prod" } },
  ],
  tls: [
    {
      match: [
        { sniHosts: ["www.shop.example.com"], port: 443, destinationSubnets: ["10.0.0.0/8"], gateways: ["prod/entry"] },
      ],
      route: [{ destination: { host: "shop" } }],
    },
  ],
  tcp: [
    {
      match: [{ port: 3306, destinationSubnets: ["10.0.0.1", "2001:db8::/32"], sourceLabels: { app: "shop" } }],
      route: [
        { destination: { host: "mysql" }, weight: 1 },
        { destination: { host: "other" }, weight: 0 },
      ],
    },
  ],
});

export const delegate = object(networking, "VirtualService", {
  http: [{ route: [{ destination: { host: "reviews" } }] }],
});

export const gatewayRoutes = object(networking, "VirtualService", {
  hosts: ["*"],
  gateways: ["entry"],
  http: [
    {
      match: [{ headers: { "@request.auth.claims.sub": { exact: "jason" } } }],
      route: [{ destination: { host: "a" } }],
    },
  ],
  tls: [
    {
      match: [{ sniHosts: ["outbound_.80_._.reviews.prod.svc.cluster.local"] }],
      route: [{ destination: { host: "shop" } }],
    },
  ],
});

const policy = {
  connectionPool: {
    http: {
      http2MaxRequests: 100,
      idleTimeout: "1h",
      http2KeepAlive: { interval: "10s", timeout: "1s" },
      h2UpgradePolicy: "UPGRADE",
    },
    tcp: { maxConnections: 10, connectTimeout: "30ms", idleTimeout: "0s", tcpKeepalive: { time: "2h" } },
  },
  outlierDetection: {
    consecutive5xxErrors: 5,
    consecutiveLocalOriginFailures: 3,
    splitExternalLocalOriginErrors: true,
    interval: "5m",
    maxEjectionPercent: 100,
  },
  loadBalancer: {
    consistentHash: {
      httpCookie: { name: "user", ttl: "0s", attributes: [{ name: "SameSite", value: "Lax" }] },
      maglev: { tableSize: 65537 },
    },
    localityLbSetting: {
      distribute: [
        { from: "us/a/*", to: { "us/a/*": 80, "us/b/*": 20 } },
        { from: "us/b", to: { "us/*": 100 } },
      ],
    },
    warmup: { duration: "30s", aggression: 1, minimumPercent: 10 },
  },
  tls: { mode: "MUTUAL", clientCertificate: "/c.pem", privateKey: "/k.pem", caCertificates: "/ca.pem" },
};

export const destinationRule = object(networking, "DestinationRule", {
  host: "*.example.com",
  trafficPolicy: {
    ...policy,
    portLevelSettings: [
      {
        port: { number: 80 },
        tls: { mode: "SIMPLE", credentialName: "configmap://prod/roots" },
        loadBalancer: { zoneAwareLbSetting: { failover: [{ from: "us", to: "eu" }], failoverPriority: ["version"] } },
        outlierDetection: {},
      },
    ],
    tunnel: { protocol: "CONNECT", targetHost: "proxy.example.com", targetPort: 443 },
  },
  subsets: [
    { name: "v1", labels: { version: "v1" }, trafficPolicy: { loadBalancer: { simple: "ROUND_ROBIN" } } },
    { name: "v2", labels: { version: "v2" } },
  ],
  workloadSelector: { matchLabels: { app: "shop" } },
  exportTo: ["."],
});

export const gateway = object(networking, "Gateway", {
  selector: { istio: "ingressgateway" },
  servers: [
    { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["shop.example.com"], tls: { httpsRedirect: true } },
    {
      port: { number: 443, name: "https", protocol: "HTTPS" },
      hosts: ["./*", "*/*.example.com", "10.1.2.3"],
      tls: {
        mode: "SIMPLE",
        credentialName: "shop",
        minProtocolVersion: "TLSV1_2",
        cipherSuites: ["ECDHE-RSA-AES128-GCM-SHA256"],
      },
    },
    {
      port: { number: 8443, name: "mutual", protocol: "TLS" },
      hosts: ["prod/*"],
      bind: "10.0.0.1",
      tls: {
        mode: "MUTUAL",
        serverCertificate: "/c.pem",
        privateKey: "/k.pem",
        caCertificates: "/ca.pem",
        caCrl: "/crl.pem",
      },
    },
    { port: { number: 0, name: "socket", protocol: "TCP" }, hosts: ["*"], bind: "unix:///var/run/shop.sock" },
    { port: { number: 15443, name: "own", protocol: "TLS" }, hosts: ["*.local"], tls: { mode: "ISTIO_MUTUAL" } },
  ],
});

export const serviceEntry = object(networking, "ServiceEntry", {
  hosts: ["api.example.com"],
  addresses: ["240.0.0.1"],
  location: "MESH_EXTERNAL",
  ports: [
    { number: 443, name: "https", protocol: "TLS", targetPort: 8443 },
    { number: 80, name: "http", protocol: "HTTP" },
  ],
  resolution: "DNS",
  endpoints: [{ address: "eu.example.com", ports: { https: 8443 }, labels: { region: "eu" } }],
  exportTo: ["~"],
});

export const staticServiceEntry = object(networking, "ServiceEntry", {
  hosts: ["mysql.example.com"],
  addresses: ["10.0.0.0/24"],
  ports: [{ number: 3306, name: "mysql", protocol: "TCP" }],
  resolution: "STATIC",
  endpoints: [{ address: "10.0.0.1", ports: { mysql: 3306 } }, { address: "unix:///var/run/mysql.sock" }],
});

export const dynamicServiceEntry = object(networking, "ServiceEntry", {
  hosts: ["*.example.com", "*.example.org"],
  location: "MESH_INTERNAL",
  ports: [{ number: 443, name: "tls", protocol: "TLS" }],
  resolution: "DYNAMIC_DNS",
});

export const workloadEntry = object(networking, "WorkloadEntry", {
  address: "vm.example.com",
  network: "vms",
  ports: { mysql: 3306 },
  labels: { app: "mysql" },
});

export const workloadGroup = object(networking, "WorkloadGroup", {
  metadata: { labels: { app: "mysql" } },
  template: { ports: { mysql: 3306 }, serviceAccount: "mysql" },
  probe: { httpGet: { port: 8080, path: "/", scheme: "HTTP", httpHeaders: [{ name: "x-probe", value: "1" }] } },
});

export const sidecar = object(networking, "Sidecar", {
  workloadSelector: { labels: { app: "shop" } },
  ingress: [
    {
      port: { number: 9080, name: "http", protocol: "HTTP" },
      bind: "10.0.0.1",
      defaultEndpoint: "127.0.0.1:8080",
      connectionPool: { http: { http2MaxRequests: 10 } },
    },
    {
      port: { number: 9443, name: "https", protocol: "HTTPS" },
      defaultEndpoint: "unix:///var/run/shop.sock",
      tls: { mode: "SIMPLE", serverCertificate: "/c.pem", privateKey: "/k.pem" },
    },
  ],
  egress: [
    { port: { number: 3306, name: "mysql", protocol: "MYSQL" }, bind: "127.0.0.1", hosts: ["*/mysql.example.com"] },
    { port: { number: 0, protocol: "HTTP" }, bind: "unix://@shop", captureMode: "NONE", hosts: ["prod/*"] },
    { hosts: ["./*", "istio-system/*", "~team/*.example.com"] },
  ],
  outboundTrafficPolicy: { mode: "ALLOW_ANY", egressProxy: { host: "egress.example.com", port: { number: 443 } } },
  inboundConnectionPool: { tcp: { maxConnections: 100 } },
});

export const authorizationPolicy = object("security.istio.io/v1", "AuthorizationPolicy", {
  selector: { matchLabels: { app: "shop" } },
  action: "DENY",
  rules: [
    {
      from: [
        { source: { principals: ["cluster.local/ns/prod/sa/*"], ipBlocks: ["10.0.0.0/8"], trustDomains: ["*.local"] } },
      ],
      to: [
        {
          operation: { ports: ["443"], paths: ["/api/{*}/files/{**}", "/health*"], methods: ["GET"], notHosts: ["a"] },
        },
      ],
      when: [
        { key: "request.headers[x-user]", values: ["jason"] },
        { key: "source.ip", notValues: ["10.1.2.3", "2001:db8::1"] },
        { key: "destination.port", values: ["0", "443"] },
        { key: "source.trustDomain", values: ["*"] },
        { key: "source.serviceAccount", values: ["prod/shop"] },
        { key: "connection.sni", values: ["shop.example.com"] },
      ],
    },
    { from: [{ source: { serviceAccounts: ["shop", "prod/shop"] } }] },
  ],
});

export const customAuthorizationPolicy = object("security.istio.io/v1", "AuthorizationPolicy", {
  targetRefs: [{ kind: "Gateway", group: "gateway.networking.k8s.io", name: "entry" }],
  action: "CUSTOM",
  provider: { name: "opa" },
  rules: [
    {
      from: [{ source: { ipBlocks: ["10.0.0.1"] } }],
      to: [{ operation: { paths: ["/admin*"] } }],
      when: [{ key: "source.ip", values: ["::1"] }],
    },
  ],
});

export const peerAuthentication = object("security.istio.io/v1", "PeerAuthentication", {
  selector: { matchLabels: { app: "shop" } },
  mtls: { mode: "STRICT" },
  portLevelMtls: { "8080": { mode: "DISABLE" } },
});

const publicKey = { kty: "RSA", e: "AQAB", n: "sXchDaQ" };

export const requestAuthentication = object("security.istio.io/v1", "RequestAuthentication", {
  targetRef: { kind: "Service", name: "shop" },
  jwtRules: [
    {
      issuer: "https://issuer.example.com",
      jwksUri: "https://issuer.example.com/keys",
      audiences: ["shop"],
      fromHeaders: [{ name: "x-token", prefix: "Bearer " }],
      outputClaimToHeaders: [{ claim: "sub", header: "x-user_id" }],
      timeout: "5s",
    },
    { issuer: "me", jwks: JSON.stringify({ keys: [publicKey] }) },
  ],
});

export const telemetry = object("telemetry.istio.io/v1", "Telemetry", {
  selector: { matchLabels: { app: "shop" } },
  accessLogging: [{ providers: [{ name: "envoy" }], filter: { expression: "response.code >= 400" } }],
  tracing: [
    {
      providers: [{ name: "jaeger" }],
      randomSamplingPercentage: 5,
      customTags: { version: { literal: { value: "v1" } }, user: { header: { name: "end-user" } } },
    },
  ],
  metrics: [
    {
      providers: [{ name: "prometheus" }],
      overrides: [
        {
          match: { metric: "REQUEST_COUNT", mode: "SERVER" },
          tagOverrides: { method: { value: "request.method" }, host: { operation: "REMOVE" } },
        },
      ],
    },
  ],
});

export const wasmPlugin = object("extensions.istio.io/v1alpha1", "WasmPlugin", {
  selector: { matchLabels: { app: "shop" } },
  url: "oci://registry.example.com/filter:1.0",
  sha256: "a".repeat(64),
  phase: "AUTHN",
  pluginConfig: { any: ["thing"] },
  vmConfig: {
    env: [
      { name: "A", value: "1" },
      { name: "B", valueFrom: "HOST" },
    ],
  },
  match: [{ mode: "SERVER", ports: [{ number: 80 }] }],
});

export const trafficExtension = object("extensions.istio.io/v1alpha1", "TrafficExtension", {
  lua: { inlineCode: "function envoy_on_request(handle) end" },
});

export const envoyFilter = object("networking.istio.io/v1alpha3", "EnvoyFilter", {
  workloadSelector: { labels: { app: "shop" } },
  configPatches: [
    {
      applyTo: "HTTP_FILTER",
      match: {
        context: "SIDECAR_INBOUND",
        proxy: { proxyVersion: "^1\\.31.*" },
        listener: {
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
          name: "envoy.filters.http.lua",
          typed_config: { "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua" },
        },
      },
    },
    {
      applyTo: "CLUSTER",
      match: { cluster: { service: "a" } },
      patch: { operation: "MERGE", value: { connect_timeout: "1s" } },
    },
    { applyTo: "HTTP_FILTER", match: { context: "WAYPOINT", waypoint: { portNumber: 80 } } },
  ],
});

export const proxyConfig = object("networking.istio.io/v1beta1", "ProxyConfig", {
  selector: { matchLabels: { app: "shop" } },
  concurrency: 0,
  environmentVariables: { LEVEL: "debug" },
  image: { imageType: "distroless" },
});
