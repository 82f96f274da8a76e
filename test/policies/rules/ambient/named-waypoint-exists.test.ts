import { namedWaypointExists } from "../../../../policies/rules/ambient/named-waypoint-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, k8sGateway, namespace } from "../../kialiObjects.ts";

describeRule(namedWaypointExists, {
  open: false,
  accepts: {
    "a Gateway of the class": [
      deployment({ "istio.io/use-waypoint": "w" }),
      k8sGateway({ gatewayClassName: "istio-waypoint" }, { name: "w" }),
    ],
    "one of another namespace": [
      deployment({ "istio.io/use-waypoint": "w", "istio.io/use-waypoint-namespace": "edge" }),
      k8sGateway({ gatewayClassName: "istio-waypoint" }, { name: "w", namespace: "edge" }),
    ],
    "no waypoint": [deployment({ app: "a" }), namespace("shop", { "istio.io/use-waypoint": "none" })],
  },
  refuses: {
    "none of the name": [
      [deployment({ "istio.io/use-waypoint": "w" }), k8sGateway({ gatewayClassName: "istio-waypoint" }, { name: "x" })],
      "0 spec.template.metadata.labels",
    ],
    "none of the namespace": [
      [deployment({ app: "a" }), namespace("shop", { "istio.io/use-waypoint": "w" })],
      "0 spec.template.metadata.labels",
    ],
    "a Gateway of another class": [
      [deployment({ "istio.io/use-waypoint": "w" }), k8sGateway({ gatewayClassName: "istio" }, { name: "w" })],
      "0 spec.template.metadata.labels",
    ],
  },
});
