import { patchOnPodPort } from "../../../../policies/rules/envoy-filter/patch-on-pod-port.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, aService, pods } from "../../istioctlObjects.ts";

const filter = (match: object, namespace?: string, context: object = { context: "SIDECAR_INBOUND" }) =>
  anObject(
    "EnvoyFilter",
    "cart",
    {
      workloadSelector: { labels: { app: "cart" } },
      configPatches: [{ applyTo: "HTTP_FILTER", match: { ...context, ...match }, patch: { operation: "REMOVE" } }],
    },
    namespace,
  );
const cart = pods({ app: "cart" }, undefined, {
  containers: [{ name: "app", image: "app:1", ports: [{ containerPort: 8080 }] }],
});
const service = aService("cart", [{ port: 80, targetPort: 8080 }], { selector: { app: "cart" } });
const portNumber = 80;
const match = "0 spec.configPatches[0].match";

describeRule(patchOnPodPort, {
  accepts: {
    "the port of the container": [filter({ listener: { portNumber: 8080 } }), cart, service],
    "no port": [filter({ listener: { name: "virtualInbound" } }), cart, service],
    "what goes out": [filter({ listener: { portNumber } }, undefined, { context: "SIDECAR_OUTBOUND" }), cart, service],
    "what comes in and goes out": [filter({ listener: { portNumber } }, undefined, {}), cart, service],
    "another namespace": [filter({ listener: { portNumber } }, "other"), cart, service],
  },
  refuses: {
    "a listener": [[filter({ listener: { portNumber } }), cart, service], `${match}.listener.portNumber`],
    routes: [[filter({ routeConfiguration: { portNumber } }), cart, service], `${match}.routeConfiguration.portNumber`],
    "a cluster": [[filter({ cluster: { portNumber } }), cart, service], `${match}.cluster.portNumber`],
  },
});
