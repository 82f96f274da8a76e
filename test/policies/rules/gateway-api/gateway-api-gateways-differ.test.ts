import { gatewayApiGatewaysDiffer } from "../../../../policies/rules/gateway-api/gateway-api-gateways-differ.ts";
import { describeRule } from "../../describeRule.ts";
import { k8sGateway } from "../../kialiObjects.ts";

const listening = (hostname: string, metadata: object = {}) =>
  k8sGateway({ listeners: [{ name: "web", hostname, port: 80, protocol: "HTTP" }] }, metadata);
const at = (value: string, metadata: object = {}) =>
  k8sGateway({ addresses: [{ type: "IPAddress", value }] }, metadata);

describeRule(gatewayApiGatewaysDiffer, {
  withCodes: true,
  accepts: {
    "two hosts": [listening("a.example.com"), listening("b.example.com", { name: "ratings" })],
    "no hosts": [
      k8sGateway({ listeners: [{ port: 80 }] }),
      k8sGateway({ listeners: [{ port: 80 }] }, { name: "ratings" }),
    ],
    "two addresses": [at("10.0.0.1"), at("10.0.0.2", { name: "ratings" })],
  },
  refuses: {
    "a host twice": [
      [listening("a.example.com"), listening("a.example.com", { name: "ratings" })],
      "KIA1501 0 spec.listeners[0]",
      "KIA1501 1 spec.listeners[0]",
    ],
    "an address twice": [
      [at("10.0.0.1"), at("10.0.0.1", { name: "ratings", namespace: "other" })],
      "KIA1502 0 spec.addresses[0]",
      "KIA1502 1 spec.addresses[0]",
    ],
  },
});
