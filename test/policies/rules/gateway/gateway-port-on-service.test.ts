import { gatewayPortOnService } from "../../../../policies/rules/gateway/gateway-port-on-service.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, aService, INGRESS, ingressPods, serving } from "../../istioctlObjects.ts";

const gateway = (number: number) =>
  aGateway("entry", [serving(["*"], { port: { number, name: "web", protocol: "HTTP" } })]);
const service = (port: object, selector: object = INGRESS, namespace = "istio-ingress") =>
  aService("ingress", [{ port: 15021 }, port], { selector }, namespace);
const here = "0 spec.servers[0].port.number";

describeRule(gatewayPortOnService, {
  open: false,
  accepts: {
    "a port of the Service": [gateway(80), ingressPods, service({ port: 80 })],
    "a port that the Service leads to": [gateway(8080), ingressPods, service({ port: 80, targetPort: 8080 })],
    "a port before another": [gateway(80), ingressPods, service({ port: 80, targetPort: 8080 })],
    "a port by name": [gateway(80), ingressPods, service({ port: 80, targetPort: "web" })],
    "a Gateway without pods": [gateway(80), service({ port: 443 })],
    "a server without a port": [aGateway("entry", [{ hosts: ["*"] }]), ingressPods, service({ port: 80 })],
    "any, where no Service is declared": [gateway(80), ingressPods],
  },
  refuses: {
    "a port that the Service does not have": [[gateway(81), ingressPods, service({ port: 80 })], here],
    "a port of UDP": [[gateway(80), ingressPods, service({ port: 80, protocol: "UDP" })], here],
    "a port of a Service for other pods": [[gateway(80), ingressPods, service({ port: 80 }, { app: "other" })], here],
    "a port of a Service elsewhere": [[gateway(80), ingressPods, service({ port: 80 }, INGRESS, "shop")], here],
  },
});
