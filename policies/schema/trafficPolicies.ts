import {
  anyDuration,
  duration,
  durationOrZero,
  fields,
  flag,
  int32,
  list,
  mapOf,
  number,
  oneOf,
  text,
  uint32,
  uint64,
  wholeNumber,
} from "./shape.ts";
import { matchSelector, portSelector } from "./shared.ts";

const failover = fields({ from: text, to: text });

const distribution = fields({ from: text, to: mapOf(uint32) });

const localityLbSetting = fields({
  distribute: list(distribution),
  enabled: flag,
  failover: list(failover),
  failoverPriority: list(text),
});

const zoneAwareLbSetting = fields({
  enabled: flag,
  failover: list(failover),
  failoverPriority: list(text),
  minClusterSize: wholeNumber(1, 2 ** 32 - 1),
});

const maglev = fields({ tableSize: uint64 });

const ringHash = fields({ minimumRingSize: uint64 });

const cookieAttribute = fields({ "name!": text, value: text });

const httpCookie = fields({ attributes: list(cookieAttribute), "name!": text, path: text, ttl: anyDuration });

const consistentHash = fields(
  {
    httpCookie,
    httpHeaderName: text,
    httpQueryParameterName: text,
    maglev,
    minimumRingSize: uint64,
    ringHash,
    useSourceIp: flag,
  },
  ["httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"],
  ["ringHash", "maglev"],
);

const warmup = fields({ aggression: number(0), "duration!": duration, minimumPercent: number(0, 100) });

const loadBalancer = fields(
  {
    consistentHash,
    localityLbSetting,
    simple: oneOf("UNSPECIFIED", "LEAST_CONN", "RANDOM", "PASSTHROUGH", "ROUND_ROBIN", "LEAST_REQUEST"),
    warmup,
    warmupDurationSecs: duration,
    zoneAwareLbSetting,
  },
  ["simple", "consistentHash"],
);

const http2KeepAlive = fields({ interval: duration, timeout: duration });

const httpPool = fields({
  h2UpgradePolicy: oneOf("DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"),
  http1MaxPendingRequests: int32,
  http2KeepAlive,
  http2MaxRequests: int32,
  idleTimeout: duration,
  maxConcurrentStreams: int32,
  maxRequestsPerConnection: int32,
  maxRetries: int32,
  useClientProtocol: flag,
});

const tcpKeepalive = fields({ interval: duration, probes: uint32, time: duration });

const tcpPool = fields({
  connectTimeout: duration,
  idleTimeout: durationOrZero,
  maxConnectionDuration: duration,
  maxConnections: int32,
  tcpKeepalive,
});

export const connectionPool = fields({ http: httpPool, tcp: tcpPool });

const outlierDetection = fields({
  baseEjectionTime: duration,
  consecutive5xxErrors: uint32,
  consecutiveErrors: int32,
  consecutiveGatewayErrors: uint32,
  consecutiveLocalOriginFailures: uint32,
  interval: duration,
  maxEjectionPercent: int32,
  minHealthPercent: int32,
  outlierDetectionHttpErrorCodes: list(wholeNumber(100, 599)),
  splitExternalLocalOriginErrors: flag,
});

const clientTls = fields({
  caCertificates: text,
  caCrl: text,
  clientCertificate: text,
  credentialName: text,
  insecureSkipVerify: flag,
  mode: oneOf("DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"),
  privateKey: text,
  sni: text,
  subjectAltNames: list(text),
});

const portPolicy = fields({ connectionPool, loadBalancer, outlierDetection, port: portSelector, tls: clientTls });

const proxyProtocol = fields({ version: oneOf("V1", "V2") });

const retryBudget = fields({ budgetInterval: anyDuration, minRetryConcurrency: uint32, percent: number(0, 100) });

const tunnel = fields({ protocol: text, "targetHost!": text, "targetPort!": uint32 });

const trafficPolicy = fields({
  connectionPool,
  loadBalancer,
  outlierDetection,
  portLevelSettings: list(portPolicy, { max: 4096 }),
  proxyProtocol,
  retryBudget,
  tls: clientTls,
  tunnel,
});

export const destinationRule = fields({
  exportTo: list(text),
  "host!": text,
  subsets: list(fields({ labels: mapOf(text), "name!": text, trafficPolicy })),
  trafficPolicy,
  workloadSelector: matchSelector,
});
