import { routeAttachesToListener } from "../../../../policies/rules/gateway-api/route-attaches-to-listener.ts";
import { describeRule } from "../../describeRule.ts";
import { httpRoute, k8sGateway } from "../../kialiObjects.ts";

const route = (ref: object = {}, spec: object = {}) =>
  httpRoute({ parentRefs: [{ name: "reviews", ...ref }], ...spec });
const gateway = (...listeners: object[]) =>
  k8sGateway({ listeners: listeners.map((listener) => ({ name: "web", port: 80, protocol: "HTTP", ...listener })) });
const abroad = httpRoute({ parentRefs: [{ name: "reviews", namespace: "edge", sectionName: "web" }] });
const edge = (...listeners: object[]) => k8sGateway({ listeners }, { namespace: "edge" });

describeRule(routeAttachesToListener, {
  open: false,
  accepts: {
    "any listener": [route(), gateway({})],
    "a listener by name and port": [route({ sectionName: "web", port: 80 }), gateway({}, { name: "tls", port: 443 })],
    "a Gateway that is not declared": [route({ name: "ratings" }), gateway({})],
    "a Service as the parent": [route({ kind: "Service", group: "" }), gateway({})],
    "a hostname that a wildcard covers": [
      route({}, { hostnames: ["a.example.com"] }),
      gateway({ hostname: "*.example.com" }),
    ],
    "a route for all hostnames": [route(), gateway({ hostname: "a.example.com" })],
    "a kind that the listener names": [
      route(),
      gateway({ protocol: "HTTPS", allowedRoutes: { kinds: [{ kind: "HTTPRoute" }] } }),
    ],
    "a listener for all namespaces": [abroad, edge({ name: "web", allowedRoutes: { namespaces: { from: "All" } } })],
    // Another rule says so.
    "a Gateway for its own namespace": [abroad, edge({ name: "web" })],
  },
  refuses: {
    "a listener that is not there": [[route({ sectionName: "wbe" }), gateway({})], "0 spec.parentRefs[0].sectionName"],
    "a port that is not there": [[route({ port: 8080 }), gateway({})], "0 spec.parentRefs[0].port"],
    "a hostname that no listener serves": [
      [route({}, { hostnames: ["a.example.org"] }), gateway({ hostname: "*.example.com" })],
      "0 spec.hostnames",
    ],
    "a listener of another protocol": [[route(), gateway({ protocol: "TCP" })], "0 spec.parentRefs[0]"],
    "a listener for another kind": [
      [route(), gateway({ allowedRoutes: { kinds: [{ kind: "GRPCRoute" }] } })],
      "0 spec.parentRefs[0]",
    ],
    "a listener for its own namespace beside an open one": [
      [abroad, edge({ name: "web" }, { name: "open", allowedRoutes: { namespaces: { from: "All" } } })],
      "0 spec.parentRefs[0]",
    ],
  },
});
