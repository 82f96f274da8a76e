import { gatewaySeesClientAddress } from "../../../../policies/rules/authorization-policy/gateway-sees-client-address.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, anObject, aService, having, INGRESS, pods, serving } from "../../istioctlObjects.ts";

const OFFICE = "203.0.113.0/24";
const policy = (rule: object, rest: object = { selector: { matchLabels: INGRESS } }, namespace = "edge") =>
  anObject("AuthorizationPolicy", "office", { ...rest, rules: [rule] }, namespace);
const from = (source: object) => ({ from: [{ source }] });
const office = policy(from({ remoteIpBlocks: [OFFICE] }));
const balancer = (rest: object = {}, annotations?: object) =>
  having(aService("entry", [{ port: 80 }], { type: "LoadBalancer", selector: INGRESS, ...rest }, "edge"), {
    ...(annotations && { annotations }),
  });
const release = (values: object) => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { name: "istio-ingressgateway", namespace: "edge", chart: "gateway", values },
});
const AWS = "service.beta.kubernetes.io/aws-load-balancer";
const gateway = aGateway("public", [serving(["shop.example.com"])]);
const entry = pods(INGRESS, "edge");
const here = "0 spec.rules[0].from[0].source.remoteIpBlocks";

describeRule(gatewaySeesClientAddress, {
  open: false,
  accepts: {
    "nodes that pass nothing on": [office, gateway, entry, balancer({ externalTrafficPolicy: "Local" })],
    "the same of Istio's chart": [office, release({ service: { externalTrafficPolicy: "Local" } })],
    "the PROXY protocol": [office, gateway, entry, balancer({}, { [`${AWS}-proxy-protocol`]: "*" })],
    "AWS, which leaves the addresses": [
      office,
      release({ service: { annotations: { [`${AWS}-target-group-attributes`]: "preserve_client_ip.enabled=true" } } }),
    ],
    "pods that are told of proxies before them": [
      office,
      gateway,
      pods(INGRESS, "edge", { annotations: { "proxy.istio.io/config": "gatewayTopology: { numTrustedProxies: 1 }" } }),
      balancer(),
    ],
    "an EnvoyFilter, which may tell of them": [
      office,
      gateway,
      entry,
      balancer(),
      anObject("EnvoyFilter", "addresses", {}, "istio-system"),
    ],
    "a gateway inside the cluster": [office, gateway, entry, balancer({ type: "ClusterIP" })],
    "pods that are no gateway": [office, entry, balancer()],
    "pods that are not declared": [office, gateway, balancer()],
    "addresses of the cluster": [policy(from({ ipBlocks: ["10.0.0.0/8"] })), gateway, entry, balancer()],
    "a policy of other pods": [
      policy(from({ ipBlocks: [OFFICE] }), { selector: { matchLabels: { app: "cart" } } }),
      gateway,
      entry,
      balancer(),
    ],
    "a policy of another namespace": [policy(from({ ipBlocks: [OFFICE] }), {}, "shop"), gateway, entry, balancer()],
  },
  refuses: {
    "nodes that pass on": [[office, gateway, entry, balancer()], here],
    "nodes that are told to pass on": [[office, gateway, entry, balancer({ externalTrafficPolicy: "Cluster" })], here],
    "Istio's chart as it comes": [[office, release({})], here],
    "AWS, which puts its own in place": [
      [office, gateway, entry, balancer({}, { [`${AWS}-nlb-target-type`]: "ip" })],
      here,
    ],
    "the address of the connection": [
      [policy(from({ notIpBlocks: [OFFICE] })), gateway, entry, balancer()],
      "0 spec.rules[0].from[0].source.notIpBlocks",
    ],
    "a condition": [
      [policy({ when: [{ key: "remote.ip", notValues: [OFFICE] }] }), gateway, entry, balancer()],
      "0 spec.rules[0].when[0].notValues",
    ],
    "a policy of the mesh": [
      [policy(from({ remoteIpBlocks: [OFFICE] }), {}, "istio-system"), gateway, entry, balancer()],
      here,
    ],
  },
});

describeRule(gatewaySeesClientAddress, {
  open: false,
  config: { defaultConfig: { gatewayTopology: { proxyProtocol: {} } } },
  accepts: { "proxies that take the PROXY protocol": [office, gateway, entry, balancer()] },
  refuses: {},
});
