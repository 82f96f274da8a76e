import { workloadHasAuthorizationPolicy } from "../../../../policies/rules/workload/workload-has-authorization-policy.ts";
import { describeRule } from "../../describeRule.ts";
import { authorizationPolicy, deployment, namespace } from "../../kialiObjects.ts";

const selecting = (matchLabels: object) => authorizationPolicy({ selector: { matchLabels } });

describeRule(workloadHasAuthorizationPolicy, {
  accepts: {
    "a policy for all": [deployment({ app: "a" }), authorizationPolicy()],
    "a policy of the mesh": [deployment({ app: "a" }), authorizationPolicy({}, { namespace: "istio-system" })],
    "a policy for it": [deployment({ app: "a", b: "c" }), selecting({ app: "a" })],
    "a workload outside the mesh": [deployment({ app: "a" }), namespace("shop")],
  },
  refuses: {
    "no policy": [[deployment({ app: "a" })], "0 spec.template.metadata.labels"],
    "a policy for others": [[deployment({ app: "a" }), selecting({ app: "b" })], "0 spec.template.metadata.labels"],
    "a policy elsewhere": [
      [deployment({ app: "a" }), authorizationPolicy({}, { namespace: "other" })],
      "0 spec.template.metadata.labels",
    ],
  },
});
