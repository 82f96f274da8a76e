import { gatewayApiGatewayExists } from "../../../../policies/rules/gateway-api/gateway-api-gateway-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { httpRoute, k8sGateway, namespace } from "../../kialiObjects.ts";

const toEdge = httpRoute({ parentRefs: [{ name: "reviews", namespace: "edge" }] });
const edge = (namespaces: object) =>
  k8sGateway({ listeners: [{ name: "web", allowedRoutes: { namespaces } }] }, { namespace: "edge" });

describeRule(gatewayApiGatewayExists, {
  open: false,
  accepts: {
    "a Gateway of the namespace": [httpRoute({ parentRefs: [{ name: "reviews" }] }), k8sGateway()],
    "a Gateway for all namespaces": [toEdge, edge({ from: "All" })],
    "a Gateway for namespaces with a label": [
      toEdge,
      edge({ from: "Selector", selector: { matchLabels: { team: "a" } } }),
      namespace("shop", { team: "a" }),
    ],
    "a Gateway for namespaces by an expression": [
      toEdge,
      edge({ from: "Selector", selector: { matchExpressions: [{ key: "team", operator: "In", values: ["a", "b"] }] } }),
      namespace("shop", { team: "a" }),
    ],
    "a Gateway for a namespace by its name": [
      toEdge,
      edge({ from: "Selector", selector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } }),
    ],
    "a Gateway for namespaces with any labels": [toEdge, edge({ from: "Selector", selector: {} })],
    "a Service as the parent": [httpRoute({ parentRefs: [{ kind: "Service", group: "", name: "reviews" }] })],
  },
  refuses: {
    "a Gateway that is not there": [
      [httpRoute({ parentRefs: [{ name: "ratings" }] }), k8sGateway()],
      "0 spec.parentRefs[0].name",
    ],
    "a Gateway for its own namespace": [[toEdge, edge({ from: "Same" })], "0 spec.parentRefs[0].name"],
    "a Gateway for namespaces with another label": [
      [toEdge, edge({ from: "Selector", selector: { matchLabels: { team: "a" } } }), namespace("shop", { team: "b" })],
      "0 spec.parentRefs[0].name",
    ],
    "a Gateway for another namespace by its name": [
      [toEdge, edge({ from: "Selector", selector: { matchLabels: { "kubernetes.io/metadata.name": "other" } } })],
      "0 spec.parentRefs[0].name",
    ],
    "a Gateway for other namespaces": [
      [
        toEdge,
        edge({ from: "Selector", selector: { matchExpressions: [{ key: "team", operator: "NotIn", values: ["a"] }] } }),
        namespace("shop", { team: "a" }),
      ],
      "0 spec.parentRefs[0].name",
    ],
  },
});
