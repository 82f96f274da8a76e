import { gatewayHostsExplicit } from "../../../../policies/rules/gateway/gateway-hosts-explicit.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const gateway = (...servers: unknown[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "Gateway",
  metadata: { name: "entry", namespace: "bookinfo" },
  spec: { selector: { istio: "ingressgateway" }, servers },
});
const server = (hosts: unknown, protocol: unknown = "HTTP") => ({
  port: { number: 80, name: "http", protocol },
  hosts,
});

describeRule(gatewayHostsExplicit, {
  accepts: {
    "a host": [gateway(server(["shop.example.com"]))],
    "a domain": [gateway(server(["*.example.com", "shop/*.example.com"]))],
    "* where no client says its host": [gateway(server(["*"], "TCP"), server(["*"], "mongo"))],
    "no servers": [gateway()],
  },
  refuses: {
    "*": [[gateway(server(["*"]))], "spec.servers[0].hosts[0]"],
    "* of a namespace": [[gateway(server(["shop/*"]))], "spec.servers[0].hosts[0]"],
    "* beside a host": [[gateway(server(["a.example", "*"]))], "spec.servers[0].hosts[1]"],
    "* over TLS in the second server": [
      [gateway(server(["a.example"]), server(["*"], "HTTPS"))],
      "spec.servers[1].hosts[0]",
    ],
    "* without a protocol": [[gateway({ hosts: ["*"] })], "spec.servers[0].hosts[0]"],
    "* passed through": [[gateway(server(["*/*"], "TLS"))], "spec.servers[0].hosts[0]"],
  },
  waits: {
    "the spec": [[{ ...gateway(), spec: unknown.object }], "spec"],
    "the servers": [[{ ...gateway(), spec: { servers: unknown.list } }], "spec.servers"],
    "the hosts": [[gateway(server(unknown.list))], "spec.servers[0].hosts"],
    "a host": [[gateway(server([unknown.text]))], "spec.servers[0].hosts[0]"],
    "the protocol": [[gateway(server(["*"], unknown.text))], "spec.servers[0].port.protocol"],
  },
});
