import { oneProtocolOnAPort } from "../../../../policies/rules/gateway/one-protocol-on-a-port.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, pods, serving } from "../../istioctlObjects.ts";

const http = serving(["a.example"]);
const at = (protocol: string, rest: object = {}, number = 80) => ({
  port: { number, name: protocol.toLowerCase(), protocol },
  hosts: ["b.example"],
  ...rest,
});
const https = at("HTTPS", { tls: { mode: "SIMPLE", credentialName: "b" } });
const passing = at("TLS", { tls: { mode: "PASSTHROUGH" } });
const tcp = at("TCP");

describeRule(oneProtocolOnAPort, {
  accepts: {
    "plain HTTP twice": [aGateway("a", [http]), aGateway("b", [serving(["b.example"])])],
    "HTTP and gRPC": [aGateway("a", [http, at("GRPC")])],
    "a redirect beside plain HTTP": [aGateway("a", [http, at("HTTP", { tls: { httpsRedirect: true } })])],
    "HTTP and HTTPS at ports of their own": [
      aGateway("a", [http, at("HTTPS", { tls: { mode: "SIMPLE", credentialName: "b" } }, 443)]),
    ],
    "HTTPS and TLS": [aGateway("a", [https, passing])],
    "other addresses": [
      aGateway("a", [
        { ...http, bind: "10.0.0.1" },
        { ...https, bind: "10.0.0.2" },
      ]),
    ],
    "other pods": [aGateway("a", [http]), aGateway("b", [https], { istio: "other" })],
  },
  refuses: {
    "HTTPS after HTTP": [[aGateway("a", [http, https])], "0 spec.servers[1].port.protocol"],
    "TLS that passes after HTTP": [[aGateway("a", [http, passing])], "0 spec.servers[1].port.protocol"],
    "TCP after HTTP": [[aGateway("a", [http, tcp])], "0 spec.servers[1].port.protocol"],
    "HTTP after TCP": [[aGateway("a", [tcp, http])], "0 spec.servers[1].port.protocol"],
    "HTTP after HTTPS, which holds by the order alone": [
      [aGateway("a", [https, http])],
      "0 spec.servers[1].port.protocol",
    ],
    "HTTP and HTTPS of two Gateways": [
      [aGateway("a", [https]), aGateway("b", [http])],
      "0 spec.servers[0].port.protocol",
      "1 spec.servers[0].port.protocol",
    ],
    "two Gateways whose selectors take the same pods": [
      [
        aGateway("a", [https]),
        aGateway("b", [http], { app: "entry" }),
        pods({ istio: "ingressgateway", app: "entry" }),
      ],
      "0 spec.servers[0].port.protocol",
      "1 spec.servers[0].port.protocol",
    ],
  },
});
