import { servicePortNamed } from "../../../../policies/rules/service/service-port-named.ts";
import { describeRule } from "../../describeRule.ts";
import { aService, having } from "../../istioctlObjects.ts";

const named = (name: string, rest: object = {}) => aService("cart", [{ name, port: 8080, ...rest }]);
const external = (name: string) => aService("cart", [{ name, port: 8080 }], { type: "ExternalName" });
const here = "spec.ports[0].name";

describeRule(servicePortNamed, {
  accepts: {
    "a protocol": [named("http"), named("tcp"), named("HTTP2"), named("http_proxy")],
    "a protocol with more behind it": [named("grpc-cart"), named("grpc-web-cart"), named("mongo-1")],
    "a protocol beside the name": [
      named("web", { appProtocol: "http" }),
      named("web", { appProtocol: "kubernetes.io/h2c" }),
    ],
    UDP: [named("dns", { protocol: "UDP" })],
    "a port that is known": [aService("db", [{ port: 3306 }])],
    "a name outside of the cluster by HTTP": [external("http-api")],
    "Services of Istio": [
      having(named("web"), { labels: { istio: "pilot" } }),
      having(named("web"), { labels: { "gateway.istio.io/managed": "istio.io-mesh-controller" } }),
    ],
  },
  refuses: {
    "no name": [[aService("cart", [{ port: 8080 }])], here],
    "another name": [[named("web")], here],
    "a protocol without a dash": [[named("httpweb")], here],
    "a protocol that Istio does not know": [[named("http", { appProtocol: "example.com/custom" })], here],
    "a name outside of the cluster by TCP": [[external("tcp")], here],
  },
});
