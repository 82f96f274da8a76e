import { gatewayServers } from "../../../../policies/rules/gateway/gateway-servers.ts";
import { testRule } from "../../testRule.ts";
import { gateway } from "../../valid.ts";

const plain = "spec.servers[0]";
const https = "spec.servers[1]";
const mutual = "spec.servers[2]";
const socket = "spec.servers[3]";

testRule(gatewayServers, [
  gateway,
  [
    ["no servers", { "spec.servers": [] }],
    ["no hosts", { [`${plain}.hosts`]: [] }],
    ["a short name", { [`${plain}.hosts[0]`]: "shop" }],
    ["an asterisk within", { [`${plain}.hosts[0]`]: "shop*.example.com" }],
    ["no namespace", { [`${plain}.hosts[0]`]: "/shop.example.com" }],
    ["a namespace that can not be", { [`${plain}.hosts[0]`]: "a.b/shop.example.com" }],
    ["no host", { [`${plain}.hosts[0]`]: "prod/" }],
    ["an unknown protocol", { [`${plain}.port.protocol`]: "SPDY" }],
    ["no protocol", { [`${plain}.port.protocol`]: "" }],
    ["port 0", { [`${plain}.port.number`]: 0 }],
    ["a target", { [`${plain}.port.targetPort`]: 8080 }],
    ["no name of a port", { [`${plain}.port.name`]: "" }],
    ["a name twice", { [`${https}.port.name`]: "http" }],
    ["no address", { [`${mutual}.bind`]: "localhost" }],
    ["a socket that is a folder", { [`${socket}.bind`]: "unix:///var/run/" }],
    ["a socket and a port", { [`${socket}.port.number`]: 80 }],
  ],
]);
