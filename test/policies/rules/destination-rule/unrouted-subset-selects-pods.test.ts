import { unroutedSubsetSelectsPods } from "../../../../policies/rules/destination-rule/unrouted-subset-selects-pods.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, destinationRule, routing, service } from "../../kialiObjects.ts";

const reviews = service({ selector: { app: "reviews" } });
const v1 = deployment({ app: "reviews", version: "v1" });
const subsets = (...list: object[]) => destinationRule({ host: "reviews", subsets: list });

describeRule(unroutedSubsetSelectsPods, {
  open: false,
  accepts: {
    "labels of pods": [subsets({ name: "v1", labels: { version: "v1" } }), reviews, v1],
    "a subset to which a route leads": [
      subsets({ name: "v2", labels: { version: "v2" } }),
      reviews,
      v1,
      routing({ host: "reviews", subset: "v2" }),
    ],
  },
  refuses: {
    "labels of no pods": [
      [subsets({ name: "v2", labels: { version: "v2" } }), reviews, v1, routing({ host: "reviews", subset: "v1" })],
      "0 spec.subsets[0].labels",
    ],
  },
});
