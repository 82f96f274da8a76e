import { gatewaysDoNotConflict } from "../../../../policies/rules/gateway/gateways-do-not-conflict.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, INGRESS, pods, serving } from "../../istioctlObjects.ts";

const app = { app: "entry" };
const gateway = (host: string, rest: object = {}, selector: object = INGRESS) =>
  aGateway("entry", [serving([host], rest)], selector);
const places = ["0 spec.servers[0].hosts[0]", "1 spec.servers[0].hosts[0]"];

describeRule(gatewaysDoNotConflict, {
  accepts: {
    "different hosts": [gateway("a.example"), gateway("b.example")],
    "different ports": [gateway("a.example"), gateway("a.example", { port: { number: 8080 } })],
    "different addresses": [gateway("a.example", { bind: "10.0.0.1" }), gateway("a.example", { bind: "10.0.0.2" })],
    "different pods": [gateway("a.example"), gateway("a.example", {}, app), pods(INGRESS), pods(app)],
    "a wildcard and a host below it, which is another rule's matter": [gateway("*.example"), gateway("a.example")],
    "the same host for different namespaces": [gateway("shop/a.example"), gateway("other/a.example")],
    "twice in one Gateway": [aGateway("entry", [serving(["a.example"]), serving(["a.example"])])],
  },
  refuses: {
    "the same host at the same port": [[gateway("a.example"), gateway("a.example")], ...places],
    "all hosts": [[gateway("*"), gateway("*")], ...places],
    "one of several hosts": [
      [gateway("a.example"), aGateway("more", [serving(["b.example", "a.example"])])],
      "0 spec.servers[0].hosts[0]",
      "1 spec.servers[0].hosts[1]",
    ],
    "the same pods by different labels": [
      [gateway("a.example"), gateway("a.example", {}, app), pods({ ...INGRESS, ...app })],
      ...places,
    ],
    "some of the same pods": [[gateway("a.example"), gateway("a.example", {}, {}), pods(INGRESS)], ...places],
  },
});
