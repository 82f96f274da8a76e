import { connectionPools } from "../../../../policies/rules/destination-rule/connection-pools.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule, sidecar } from "../../valid.ts";

const policy = "spec.trafficPolicy";

testRule(
  connectionPools,
  [
    destinationRule,
    [
      ["nothing", { [`${policy}.connectionPool`]: {} }],
      ["fewer connections than none", { [`${policy}.connectionPool.tcp.maxConnections`]: -1 }],
      ["fewer requests than none", { [`${policy}.connectionPool.http.http1MaxPendingRequests`]: -1 }],
      ["no time between two probes", { [`${policy}.connectionPool.http.http2KeepAlive.interval`]: undefined }],
      ["a protocol that stays and changes", { [`${policy}.connectionPool.http.useClientProtocol`]: true }],
    ],
  ],
  [
    sidecar,
    [
      ["nothing for a listener", { "spec.ingress[0].connectionPool": {} }],
      ["fewer connections than none", { "spec.inboundConnectionPool.tcp.maxConnections": -1 }],
    ],
  ],
);
