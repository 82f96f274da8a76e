import { gatewayHostsDoNotOverlap } from "../../../../policies/rules/gateway/gateway-hosts-do-not-overlap.ts";
import { describeRule } from "../../describeRule.ts";
import { gateway } from "../../kialiObjects.ts";

const serving = (hosts: string[], more: object = {}, selector: object = { istio: "ingress" }) =>
  gateway({ selector, servers: [{ port: { number: 80 }, hosts, ...more }] });

describeRule(gatewayHostsDoNotOverlap, {
  accepts: {
    "two hosts": [serving(["a.dev.example.com"]), serving(["a-dev.example.com"])],
    "two ports": [serving(["*"]), serving(["a.example.com"], { port: { number: 443 } })],
    "two wildcards": [serving(["*.example.com"]), serving(["*.shop.example.com"])],
    "VirtualServices of two namespaces": [serving(["one/*"]), serving(["two/a.example.com"])],
    "the same host, which is another matter": [serving(["a.example.com"]), serving(["a.example.com"])],
  },
  refuses: {
    "a host in other letters": [
      [serving(["A.example.com", "b.example.com"]), serving(["a.example.com"])],
      "0 spec.servers[0].hosts[0]",
      "1 spec.servers[0].hosts[0]",
    ],
    "a host and a wildcard over it": [
      [serving(["*.example.com"]), serving(["a.b.example.com"])],
      "1 spec.servers[0].hosts[0]",
      "0 spec.servers[0].hosts[0]",
    ],
    "a host and all hosts": [
      [serving(["*.example.com"]), serving(["*"])],
      "0 spec.servers[0].hosts[0]",
      "1 spec.servers[0].hosts[0]",
    ],
    "a host twice in one Gateway": [
      [serving(["a.example.com", "a.example.com"])],
      "0 spec.servers[0].hosts[0]",
      "0 spec.servers[0].hosts[1]",
    ],
    "one namespace and all": [
      [serving(["./a.example.com"]), serving(["*/a.example.com"]), serving(["other/a.example.com"])],
      "0 spec.servers[0].hosts[0]",
      "1 spec.servers[0].hosts[0]",
      "2 spec.servers[0].hosts[0]",
    ],
  },
});
