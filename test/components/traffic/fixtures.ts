import type { HostTrafficOptions } from "../../../components/traffic/hostTrafficOptions.ts";
import type { RouteArgs } from "../../../components/traffic/routing/httpRoutes.ts";
import type { TrafficPolicyArgs } from "../../../components/traffic/destination/trafficPolicy.ts";

/** A route that uses every argument that goes together with a destination. */
export const fullRoute = {
  name: "full",
  match: [
    {
      uri: { prefix: "/reviews" },
      ignoreUriCase: true,
      method: { exact: "GET" },
      headers: { "end-user": { exact: "jason" }, "x-dev-user": { present: true }, ":authority": { prefix: "rev" } },
      withoutHeaders: { "x-bot": { present: true } },
      queryParams: { page: { regex: "\\d+$" } },
      authority: { regex: "reviews(\\..*)?" },
      scheme: { exact: "http" },
      port: 9080,
      sourceLabels: { app: "productpage" },
      sourceNamespace: "bookinfo",
      gateways: ["mesh"],
    },
    { uri: { exact: "/health" } },
  ],
  to: [
    { subset: "v1", weight: 90, headers: { response: { set: { "x-version": "v1" } } } },
    { subset: "v2", port: 9080, weight: 5 },
    { host: "reviews.other.svc.cluster.local", subset: "v9", weight: 5 },
  ],
  timeout: "3s",
  retries: {
    attempts: 3,
    perTryTimeout: "2s",
    retryOn: ["gateway-error", "connect-failure", "refused-stream", 503],
    backoff: "50ms",
    retryRemoteLocalities: true,
    retryIgnorePreviousHosts: true,
  },
  fault: { delay: { fixedDelay: "7s", percentage: 10 }, abort: { httpStatus: 500, percentage: 0.5 } },
  mirrors: [
    { subset: "v2", percentage: 50 },
    { host: "audit.other.svc.cluster.local", port: 80 },
  ],
  rewrite: { uri: "/v2/reviews", authority: "reviews.example.com" },
  headers: {
    request: { set: { "x-a": "%PROTOCOL%" }, add: { "x-b": "100%%" }, remove: ["x-c"] },
    response: { set: { "x-d": "%UPSTREAM_HOST%" }, add: { "x-e": "%REQ(x-request-id)%" }, remove: ["server"] },
  },
  cors: {
    allowOrigins: [{ exact: "https://shop.example.com" }, { regex: "https://.*\\.example\\.com" }],
    allowMethods: ["GET", "POST"],
    allowHeaders: ["x-request-id"],
    exposeHeaders: ["x-version"],
    maxAge: "24h",
    allowCredentials: true,
    unmatchedPreflights: "IGNORE",
  },
} as const satisfies RouteArgs<"v1" | "v2">;

/** A policy that uses everything that goes together. */
export const fullPolicy = {
  loadBalancer: {
    consistentHash: {
      httpCookie: { name: "user", path: "/", ttl: "0s", attributes: [{ name: "SameSite", value: "Strict" }] },
      ringHash: { minimumRingSize: 2048 },
    },
    localityLbSetting: {
      enabled: true,
      distribute: [
        { from: "us-east-1/us-east-1a/*", to: { "us-east-1/us-east-1a/*": 80, "us-east-1/us-east-1b/*": 20 } },
      ],
    },
  },
  connectionPool: {
    tcp: {
      maxConnections: 100,
      connectTimeout: "1s",
      maxConnectionDuration: "1h",
      idleTimeout: "0s",
      tcpKeepalive: { probes: 3, time: "2h", interval: "75s" },
    },
    http: {
      http1MaxPendingRequests: 10,
      http2MaxRequests: 1000,
      maxRequestsPerConnection: 10,
      maxRetries: 3,
      idleTimeout: "1h",
      h2UpgradePolicy: "DO_NOT_UPGRADE",
      useClientProtocol: true,
      maxConcurrentStreams: 100,
      http2KeepAlive: { interval: "30s", timeout: "5s" },
    },
  },
  outlierDetection: {
    consecutive5xxErrors: 7,
    consecutiveGatewayErrors: 5,
    splitExternalLocalOriginErrors: true,
    consecutiveLocalOriginFailures: 5,
    interval: "5m",
    baseEjectionTime: "15m",
    maxEjectionPercent: 50,
    minHealthPercent: 10,
    outlierDetectionHttpErrorCodes: [500, 503],
  },
  tls: { mode: "ISTIO_MUTUAL" },
  portLevelSettings: {
    "9080": {
      loadBalancer: { simple: "ROUND_ROBIN", warmup: { duration: "30s", minimumPercent: 20, aggression: 2 } },
      tls: { mode: "MUTUAL", clientCertificate: "/etc/c.pem", privateKey: "/etc/k.pem", caCertificates: "/etc/ca.pem" },
    },
    "9081": { loadBalancer: { consistentHash: { httpHeaderName: "end-user", maglev: { tableSize: 65537 } } } },
    "9082": { loadBalancer: { consistentHash: { useSourceIp: true } } },
    "9083": { loadBalancer: { consistentHash: { httpQueryParameterName: "user" } } },
    "9084": { loadBalancer: { simple: "PASSTHROUGH" }, tls: { mode: "SIMPLE", sni: "reviews.example.com" } },
    "9085": {
      loadBalancer: { simple: "RANDOM", localityLbSetting: { failover: [{ from: "us-east-1", to: "us-west-2" }] } },
      outlierDetection: { interval: "1s" },
    },
    "9086": {
      loadBalancer: { simple: "LEAST_REQUEST", localityLbSetting: { failoverPriority: ["topology.istio.io/network"] } },
      outlierDetection: { consecutive5xxErrors: 0, consecutiveGatewayErrors: 3 },
      tls: { mode: "DISABLE" },
    },
    "9087": {
      tls: { mode: "MUTUAL", credentialName: "client", subjectAltNames: ["reviews"], sni: "reviews.example.com" },
    },
  },
} as const satisfies TrafficPolicyArgs;

/** Hosts that between them use every argument. Each is right. */
export const fullHosts: Readonly<Record<string, HostTrafficOptions>> = {
  reviews: {
    host: "reviews.bookinfo.svc.cluster.local",
    subsets: { v1: {}, v2: { labels: { version: "v2", track: "canary" }, trafficPolicy: fullPolicy } },
    trafficPolicy: fullPolicy,
    routes: [
      fullRoute,
      {
        match: [{ uri: { exact: "/old" } }],
        redirect: { uri: "/new", authority: "new.example.com", redirectCode: 308 },
      },
      { match: [{ uri: { prefix: "/tls" } }], redirect: { scheme: "https", port: 8443 } },
      { match: [{ uri: { prefix: "/port" } }], redirect: { scheme: "https", port: "FROM_PROTOCOL_DEFAULT" } },
      {
        match: [{ uri: { regex: "/x/[^/]+" } }],
        rewrite: { uriRegexRewrite: { match: "^/x/([^/]+)$", rewrite: "/\\1" } },
      },
      {
        match: [{ method: { exact: "TRACE" } }],
        directResponse: { status: 405, body: "no" },
        headers: fullRoute.headers,
      },
      {
        match: [{ method: { regex: "PUT|POST" } }],
        fault: { abort: { grpcStatus: "UNAVAILABLE" } },
        retries: { attempts: 0 },
      },
      { to: { v1: 100, v2: 0 } },
    ],
    tcpRoutes: [
      {
        match: [{ port: 9090, destinationSubnets: ["10.0.0.0/8"], sourceLabels: { app: "a" }, sourceNamespace: "b" }],
        to: { v2: 100 },
      },
      {
        to: [
          { subset: "v1", weight: 75 },
          { subset: "v2", weight: 25 },
        ],
      },
    ],
    tlsRoutes: [
      {
        match: [{ sniHosts: ["reviews.bookinfo.svc.cluster.local"], port: 9443, gateways: ["mesh"] }],
        to: { v1: 100 },
      },
    ],
    gateways: ["mesh", "istio-system/public"],
    hosts: ["reviews.bookinfo.svc.cluster.local", "reviews.example.com"],
    exportTo: [".", "istio-ingress"],
    exposure: {
      hosts: ["secure.example.com"],
      tls: { mode: "MUTUAL", credentialName: "secure-credential", minProtocolVersion: "TLSV1_3" },
      httpsRedirect: true,
    },
    ingress: {
      hosts: ["plain.example.com"],
      port: 9080,
      paths: [{ exact: "/a" }, { prefix: "/b" }],
      className: "nginx",
      secretName: "plain",
      annotations: { "example.com/a": "b" },
    },
    openShiftRoute: { hosts: ["secure.example.com"], termination: "passthrough" },
    rateLimit: {
      requests: 100,
      per: "1s",
      burst: 200,
      workload: { app: "reviews" },
      routes: {
        write: { match: { method: "POST", uri: { prefix: "/reviews" } }, requests: 5, per: "60s", burst: 5 },
        one: { match: { uri: { exact: "/reviews/1" } }, requests: 5, per: "1s" },
      },
    },
  },
  productpage: {
    gateways: ["productpage-ingress"],
    hosts: ["claims.example.com"],
    exposure: { hosts: ["claims.example.com"] },
    routes: [{ match: [{ headers: { "@request.auth.claims.group": { exact: "b" } } }] }, { match: [{ port: 80 }] }, {}],
  },
  ratings: { trafficPolicy: { loadBalancer: { simple: "RANDOM" } }, weightsManagedBy: "manual", routes: [{}] },
  "mysqldb.vm.svc.cluster.local": {
    external: {
      ports: { mysql: { number: 3306, protocol: "TCP" } },
      location: "MESH_INTERNAL",
      resolution: "STATIC",
      addresses: ["240.1.1.1"],
      subjectAltNames: ["mysqldb"],
      workloads: {
        vm: {
          address: "10.0.0.5",
          ports: { mysql: 3307 },
          labels: { version: "v1" },
          serviceAccount: "mysql",
          locality: "us-east-1/us-east-1a",
          weight: 2,
        },
      },
    },
  },
  "www.example.com": {
    external: {
      ports: { http: { number: 80, protocol: "HTTP", targetPort: 443 }, https: { number: 443, protocol: "HTTPS" } },
      endpoints: [{ address: "a.example.com", ports: { http: 8443 } }],
    },
    trafficPolicy: { portLevelSettings: { "80": { tls: { mode: "SIMPLE" } } } },
    routes: [{ timeout: "3s" }],
  },
  "api.example.com": {
    external: {
      ports: { http: { number: 80, protocol: "HTTP", targetPort: 443 }, https: { number: 443, protocol: "HTTPS" } },
      egressGateway: true,
    },
    trafficPolicy: { portLevelSettings: { "80": { tls: { mode: "SIMPLE", sni: "api.example.com" } } } },
  },
  "*.example.org": { external: { ports: { tls: { number: 443, protocol: "TLS" } }, resolution: "NONE" } },
};
