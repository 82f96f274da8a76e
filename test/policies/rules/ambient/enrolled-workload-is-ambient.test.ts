import { enrolledWorkloadIsAmbient } from "../../../../policies/rules/ambient/enrolled-workload-is-ambient.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, namespace } from "../../kialiObjects.ts";

const ambient = namespace("shop", { "istio.io/dataplane-mode": "ambient" });

describeRule(enrolledWorkloadIsAmbient, {
  accepts: {
    "an ambient workload": [deployment({ "istio.io/use-waypoint": "w" }), ambient],
    "no waypoint": [
      deployment({ "istio.io/use-waypoint": "none" }),
      namespace("shop", { "istio.io/use-waypoint": "w" }),
    ],
  },
  refuses: {
    "a label on the pods": [[deployment({ "istio.io/use-waypoint": "w" })], "0 spec.template.metadata.labels"],
    "a label on the namespace": [
      [deployment({ app: "a" }), namespace("shop", { "istio.io/use-waypoint": "w" })],
      "0 spec.template.metadata.labels",
    ],
  },
});
