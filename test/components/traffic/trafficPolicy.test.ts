import { describe, expect, it } from "vitest";
import { trafficPolicy, trafficPolicySpec } from "../../../components/traffic/destination/trafficPolicy.ts";
import { fullPolicy } from "./fixtures.ts";
import { pathsOf, wordsOf } from "./problems.ts";

const hash = (args: object) => ({ loadBalancer: { consistentHash: args } });
const http = (args: object) => ({ connectionPool: { http: args } });
const outlier = (args: object) => ({ outlierDetection: args });
const locality = (args: object) => ({ loadBalancer: { localityLbSetting: args } });
const tls = (args: object) => ({ tls: args });

describe("a traffic policy", () => {
  it("can have everything", () => {
    expect(wordsOf(trafficPolicy, fullPolicy)).toEqual([]);
  });

  it.each<[why: string, args: unknown, paths: string[]]>([
    ["it is empty", {}, [""]],
    ["a policy of a port is empty", { portLevelSettings: { "80": {} } }, ["portLevelSettings.80"]],
    ["a port is a name", { portLevelSettings: { http: tls({ mode: "SIMPLE" }) } }, ["portLevelSettings.http"]],
    ["a port is too high", { portLevelSettings: { "65536": tls({ mode: "SIMPLE" }) } }, ["portLevelSettings.65536"]],

    ["an algorithm has gone", { loadBalancer: { simple: "LEAST_CONN" } }, ["loadBalancer.simple"]],
    ["a load balancer is empty", { loadBalancer: {} }, ["loadBalancer"]],
    [
      "there are two algorithms",
      { loadBalancer: { simple: "RANDOM", consistentHash: { useSourceIp: true } } },
      ["loadBalancer.simple"],
    ],
    [
      "a ring is larger than Envoy takes",
      hash({ useSourceIp: true, ringHash: { minimumRingSize: 8_388_609 } }),
      ["loadBalancer.consistentHash.ringHash.minimumRingSize"],
    ],
    ...["a\nb", "a; b", "a".repeat(1025)].map<[string, unknown, string[]]>((value) => [
      `an attribute of a cookie is ${JSON.stringify(value).slice(0, 9)}`,
      hash({ httpCookie: { name: "a", attributes: [{ name: "SameSite", value }] } }),
      ["loadBalancer.consistentHash.httpCookie.attributes[0].value"],
    ]),
    [
      "a duration is longer than Envoy counts",
      { connectionPool: { tcp: { connectTimeout: "9223372036s" } } },
      ["connectionPool.tcp.connectTimeout"],
    ],
    ["a hash has no key", hash({}), ["loadBalancer.consistentHash"]],
    ["a hash has two keys", hash({ useSourceIp: true, httpHeaderName: "a" }), ["loadBalancer.consistentHash"]],
    [
      "a hash has two algorithms",
      hash({ useSourceIp: true, ringHash: { minimumRingSize: 1 }, maglev: { tableSize: 7 } }),
      ["loadBalancer.consistentHash.maglev"],
    ],
    [
      "a table's size is not prime",
      hash({ useSourceIp: true, maglev: { tableSize: 65536 } }),
      ["loadBalancer.consistentHash.maglev.tableSize"],
    ],
    [
      "a table is too big",
      hash({ useSourceIp: true, maglev: { tableSize: 5000011 } }),
      ["loadBalancer.consistentHash.maglev.tableSize"],
    ],
    ["a cookie has no name", hash({ httpCookie: { ttl: "0s" } }), ["loadBalancer.consistentHash.httpCookie.name"]],
    ["a source is denied", hash({ useSourceIp: false }), ["loadBalancer.consistentHash.useSourceIp"]],
    [
      "a warm-up comes by chance",
      { loadBalancer: { simple: "RANDOM", warmup: { duration: "1m" } } },
      ["loadBalancer.warmup"],
    ],
    [
      "a warm-up never ends",
      { loadBalancer: { warmup: { duration: "1m", aggression: 0 } } },
      ["loadBalancer.warmup.aggression"],
    ],
    [
      "localities sum to 90",
      locality({ distribute: [{ from: "a/*", to: { "a/*": 90 } }] }),
      ["loadBalancer.localityLbSetting.distribute[0].to"],
    ],
    [
      "a region fails over to itself",
      locality({ failover: [{ from: "a", to: "a" }] }),
      ["loadBalancer.localityLbSetting.failover[0].to"],
    ],
    [
      "localities have two ways",
      locality({ failover: [{ from: "a", to: "b" }], failoverPriority: ["a"] }),
      ["loadBalancer.localityLbSetting"],
    ],

    ["a pool is empty", { connectionPool: {} }, ["connectionPool"]],
    ["a pool's part is empty", http({}), ["connectionPool.http"]],
    ["a limit is 0", http({ http2MaxRequests: 0 }), ["connectionPool.http.http2MaxRequests"]],
    ["a limit is half", { connectionPool: { tcp: { maxConnections: 1.5 } } }, ["connectionPool.tcp.maxConnections"]],
    [
      "a protocol stays and changes",
      http({ h2UpgradePolicy: "UPGRADE", useClientProtocol: true }),
      ["connectionPool.http.useClientProtocol"],
    ],
    [
      "pings have no timeout",
      http({ http2KeepAlive: { interval: "1s" } }),
      ["connectionPool.http.http2KeepAlive.timeout"],
    ],
    [
      "a connection may not take time",
      { connectionPool: { tcp: { connectTimeout: "0s" } } },
      ["connectionPool.tcp.connectTimeout"],
    ],

    [
      "failures on the way do not count",
      outlier({ consecutiveLocalOriginFailures: 5 }),
      ["outlierDetection.consecutiveLocalOriginFailures"],
    ],
    [
      "gateway errors come too late",
      outlier({ consecutive5xxErrors: 5, consecutiveGatewayErrors: 5 }),
      ["outlierDetection.consecutiveGatewayErrors"],
    ],
    ["more than all may be put aside", outlier({ maxEjectionPercent: 101 }), ["outlierDetection.maxEjectionPercent"]],
    ["a time has no unit", outlier({ interval: "300" }), ["outlierDetection.interval"]],
    [
      "a status is none",
      outlier({ outlierDetectionHttpErrorCodes: [99] }),
      ["outlierDetection.outlierDetectionHttpErrorCodes[0]"],
    ],

    ["the mesh's own TLS has files", tls({ mode: "ISTIO_MUTUAL", caCertificates: "/ca" }), ["tls.caCertificates"]],
    ["no TLS has a name", tls({ mode: "DISABLE", sni: "a.b" }), ["tls.sni"]],
    ["a client has no certificate", tls({ mode: "MUTUAL" }), ["tls.clientCertificate", "tls.privateKey"]],
    [
      "a client has two certificates",
      tls({ mode: "MUTUAL", credentialName: "a", privateKey: "/k" }),
      ["tls.privateKey"],
    ],
    [
      "anything will do, and not",
      tls({ mode: "SIMPLE", insecureSkipVerify: true, caCertificates: "/ca" }),
      ["tls.caCertificates"],
    ],
    ["a mode is none", tls({ mode: "STRICT" }), ["tls.mode"]],
  ])("is refused where %s", (_why, args, paths) => {
    expect(pathsOf(trafficPolicy, args).sort()).toEqual(paths);
  });

  it("has the documents' circuit breaker in Istio's words", () => {
    const connectionPool = {
      tcp: { maxConnections: 100 },
      http: { http2MaxRequests: 1000, http1MaxPendingRequests: 10, maxRequestsPerConnection: 10 },
    };
    const outlierDetection = { consecutive5xxErrors: 7, interval: "5m", baseEjectionTime: "15m" };
    expect(trafficPolicySpec({ connectionPool, outlierDetection })).toEqual({ connectionPool, outlierDetection });
  });

  it("has ports as a list", () => {
    const simple = { tls: { mode: "SIMPLE" as const } };
    expect(trafficPolicySpec({ ...simple, portLevelSettings: { "443": simple, "80": simple } })).toEqual({
      ...simple,
      portLevelSettings: [
        { port: { number: 80 }, ...simple },
        { port: { number: 443 }, ...simple },
      ],
    });
  });
});
