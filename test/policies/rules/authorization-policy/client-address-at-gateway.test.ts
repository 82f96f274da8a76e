import { clientAddressAtGateway } from "../../../../policies/rules/authorization-policy/client-address-at-gateway.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, aNamespace, anObject, aService, INGRESS, pods, routing, serving } from "../../istioctlObjects.ts";

const OFFICE = "203.0.113.0/24";
const policy = (rule: object, rest: object = { selector: { matchLabels: { app: "cart" } } }, namespace?: string) =>
  anObject("AuthorizationPolicy", "office", { ...rest, rules: [rule] }, namespace);
const from = (source: object) => ({ from: [{ source }] });
const office = policy(from({ ipBlocks: [OFFICE] }));
const entry = pods(INGRESS, "edge");
const service = (rest: object = {}, name = "cart") =>
  aService(name, [{ port: 80, targetPort: 8080 }], { selector: { app: "cart" }, ...rest });
const inside = service();
const routes = routing("shop.example.com", {
  gateways: ["public"],
  http: [{ route: [{ destination: { host: "cart" } }] }],
});
const mesh = [
  aGateway("public", [serving(["shop.example.com"])]),
  entry,
  routes,
  inside,
  pods({ app: "cart" }),
  aNamespace("shop", { "istio-injection": "enabled" }),
];
const without = (left: object) => mesh.filter((object) => object !== left);
const here = "0 spec.rules[0].from[0].source.ipBlocks";

describeRule(clientAddressAtGateway, {
  open: false,
  accepts: {
    "addresses of the cluster": [policy(from({ ipBlocks: ["10.0.0.0/8", "192.168.1.1", "fd00::/8"] })), ...mesh],
    "a range with both": [policy(from({ ipBlocks: ["0.0.0.0/0", "128.0.0.0/1"] })), ...mesh],
    "the address that the gateway tells": [policy(from({ remoteIpBlocks: [OFFICE] })), ...mesh],
    "the gateway's own pods": [
      policy(from({ ipBlocks: [OFFICE] }), { selector: { matchLabels: INGRESS } }, "edge"),
      ...mesh,
    ],
    "other pods": [policy(from({ ipBlocks: [OFFICE] }), { selector: { matchLabels: { app: "pay" } } }), ...mesh],
    "no gateway in front": [office, ...without(routes)],
    "a load balancer of its own": [office, ...mesh, service({ type: "LoadBalancer" }, "direct")],
    "an address of its own": [office, ...without(inside), service({ externalIPs: ["203.0.113.9"] })],
    "pods outside of the mesh": [office, ...mesh.slice(0, -1), aNamespace("shop")],
    "machines in the mesh": [office, ...mesh, anObject("WorkloadEntry", "vm", { address: "203.0.113.7" })],
  },
  refuses: {
    "addresses that connections never come from": [[office, ...mesh], here],
    "one address": [[policy(from({ ipBlocks: ["10.0.0.1", "203.0.113.7"] })), ...mesh], here],
    "a long address": [[policy(from({ ipBlocks: ["2001:db8::/32"] })), ...mesh], here],
    "addresses that are left out": [
      [policy(from({ notIpBlocks: [OFFICE] })), ...mesh],
      "0 spec.rules[0].from[0].source.notIpBlocks",
    ],
    "a condition": [
      [policy({ when: [{ key: "source.ip", values: [OFFICE] }] }), ...mesh],
      "0 spec.rules[0].when[0].values",
    ],
    "a policy of the namespace": [[policy(from({ ipBlocks: [OFFICE] }), {}), ...mesh], here],
    "a policy of the mesh": [[policy(from({ ipBlocks: [OFFICE] }), {}, "istio-system"), ...mesh], here],
  },
});
