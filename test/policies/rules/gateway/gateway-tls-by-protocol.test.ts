import { gatewayTlsByProtocol } from "../../../../policies/rules/gateway/gateway-tls-by-protocol.ts";
import { testRule } from "../../testRule.ts";
import { gateway } from "../../valid.ts";

const plain = "spec.servers[0]";
const https = "spec.servers[1]";
const socket = "spec.servers[3]";

testRule(gatewayTlsByProtocol, [
  gateway,
  [
    ["HTTPS without TLS", { [`${https}.tls`]: undefined }],
    ["HTTP with a mode", { [`${plain}.tls.mode`]: "SIMPLE" }, [`${plain}.tls`]],
    ["HTTP with a key", { [`${plain}.tls.privateKey`]: "/k.pem" }, [`${plain}.tls`]],
    ["TCP with TLS", { [`${socket}.tls`]: {} }],
  ],
]);
