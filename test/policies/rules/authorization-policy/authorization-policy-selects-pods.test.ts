import { authorizationPolicySelectsPods } from "../../../../policies/rules/authorization-policy/authorization-policy-selects-pods.ts";
import { describeRule } from "../../describeRule.ts";
import { authorizationPolicy, deployment } from "../../kialiObjects.ts";

describeRule(authorizationPolicySelectsPods, {
  open: false,
  accepts: {
    "labels of pods": [
      authorizationPolicy({ selector: { matchLabels: { app: "reviews" } } }),
      deployment({ app: "reviews", version: "v1" }),
    ],
    "no selector": [authorizationPolicy(), deployment({ app: "reviews" })],
    "no workload at all": [authorizationPolicy({ selector: { matchLabels: { app: "reviews" } } })],
  },
  refuses: {
    "labels of no pods": [
      [authorizationPolicy({ selector: { matchLabels: { app: "ratings" } } }), deployment({ app: "reviews" })],
      "0 spec.selector.matchLabels",
    ],
    "labels of pods elsewhere": [
      [
        authorizationPolicy({ selector: { matchLabels: { app: "reviews" } } }),
        deployment({ app: "reviews" }, { namespace: "other" }),
      ],
      "0 spec.selector.matchLabels",
    ],
  },
});
