import { gatewaysShareNoHost } from "../../../../policies/rules/gateway/gateways-share-no-host.ts";
import { describeRule } from "../../describeRule.ts";
import { gateway } from "../../kialiObjects.ts";

const serving = (hosts: string[], more: object = {}, selector: object = { istio: "ingress" }) =>
  gateway({ selector, servers: [{ port: { number: 80 }, hosts, ...more }] });

describeRule(gatewaysShareNoHost, {
  accepts: {
    "two hosts": [serving(["a.example.com"]), serving(["b.example.com"])],
    "two ports": [serving(["a.example.com"]), serving(["a.example.com"], { port: { number: 443 } })],
    "two gateways": [serving(["a.example.com"]), serving(["a.example.com"], {}, { istio: "internal" })],
    "VirtualServices of two namespaces": [serving(["one/a.example.com"]), serving(["two/a.example.com"])],
    "a wildcard, which is another matter": [serving(["*.example.com"]), serving(["a.example.com"])],
  },
  refuses: {
    "a host": [
      [serving(["a.example.com", "b.example.com"]), serving(["a.example.com"])],
      "0 spec.servers[0].hosts[0]",
      "1 spec.servers[0].hosts[0]",
    ],
    "all hosts": [[serving(["*"]), serving(["*"])], "0 spec.servers[0].hosts[0]", "1 spec.servers[0].hosts[0]"],
  },
});
