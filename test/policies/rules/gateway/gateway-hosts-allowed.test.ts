import { gatewayHostsAllowed } from "../../../../policies/rules/gateway/gateway-hosts-allowed.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const gateway = (...hosts: unknown[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "Gateway",
  metadata: { name: "entry", namespace: "bookinfo" },
  spec: { selector: { istio: "ingressgateway" }, servers: [{ port: { number: 443, protocol: "HTTPS" }, hosts }] },
});
const here = "spec.servers[0].hosts[0]";

describeRule(gatewayHostsAllowed, {
  settings: { hosts: ["shop.example.com", "*.test.example.com"] },
  accepts: {
    "a host": [gateway("shop.example.com")],
    "a host of a domain": [gateway("a.test.example.com")],
    "a domain": [gateway("*.test.example.com")],
    "a host of a namespace": [gateway("bookinfo/shop.example.com")],
  },
  refuses: {
    "another host": [[gateway("shop.example.org")], here],
    "a host that only ends the same": [[gateway("myshop.example.com")], here],
    "a domain that is wider": [[gateway("*.example.com")], here],
    "every host": [[gateway("*")], here],
  },
  waits: { "a computed host": [[gateway(unknown.text)], here] },
});

describeRule(gatewayHostsAllowed, {
  accepts: { "any host, where its settings name none": [gateway("*")] },
  refuses: {},
});
