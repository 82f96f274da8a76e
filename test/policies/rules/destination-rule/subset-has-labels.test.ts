import { subsetHasLabels } from "../../../../policies/rules/destination-rule/subset-has-labels.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, destinationRule, service } from "../../kialiObjects.ts";

const reviews = service({ selector: { app: "reviews" } });
const v1 = deployment({ app: "reviews", version: "v1" });
const subsets = (...list: object[]) => destinationRule({ host: "reviews", subsets: list });

describeRule(subsetHasLabels, {
  open: false,
  accepts: {
    labels: [subsets({ name: "v1", labels: { version: "v1" } }), reviews, v1],
    "no subsets": [destinationRule({ host: "reviews" }), reviews],
  },
  refuses: {
    "no labels": [
      [subsets({ name: "all" }, { name: "empty", labels: {} }), reviews],
      "0 spec.subsets[0]",
      "0 spec.subsets[1]",
    ],
  },
});
