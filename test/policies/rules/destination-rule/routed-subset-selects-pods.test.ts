import { routedSubsetSelectsPods } from "../../../../policies/rules/destination-rule/routed-subset-selects-pods.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, destinationRule, routing, service, serviceEntry } from "../../kialiObjects.ts";

const reviews = service({ selector: { app: "reviews" } });
const v1 = deployment({ app: "reviews", version: "v1" });
const subsets = (...list: object[]) => destinationRule({ host: "reviews", subsets: list });

describeRule(routedSubsetSelectsPods, {
  open: false,
  accepts: {
    "labels of pods": [
      subsets({ name: "v1", labels: { version: "v1" } }),
      reviews,
      v1,
      routing({ host: "reviews", subset: "v1" }),
    ],
    "labels of endpoints": [
      destinationRule({ host: "api.example.com", subsets: [{ name: "v1", labels: { version: "v1" } }] }),
      serviceEntry({ hosts: ["api.example.com"], endpoints: [{ labels: { version: "v1" } }] }),
      routing({ host: "api.example.com", subset: "v1" }),
    ],
    "a subset to which nothing routes": [subsets({ name: "v2", labels: { version: "v2" } }), reviews, v1],
    "a host that is not there": [destinationRule({ host: "ratings", subsets: [{ name: "v1", labels: { a: "b" } }] })],
  },
  refuses: {
    "labels of no pods": [
      [subsets({ name: "v2", labels: { version: "v2" } }), reviews, v1, routing({ host: "reviews", subset: "v2" })],
      "0 spec.subsets[0].labels",
    ],
    "labels of pods of another host": [
      [
        subsets({ name: "v1", labels: { app: "ratings" } }),
        reviews,
        deployment({ app: "ratings" }),
        routing({ host: "reviews.shop", subset: "v1" }),
      ],
      "0 spec.subsets[0].labels",
    ],
    "labels of no endpoints": [
      [
        destinationRule({ host: "api.example.com", subsets: [{ name: "v1", labels: { version: "v1" } }] }),
        serviceEntry({ hosts: ["api.example.com"], endpoints: [{ labels: { version: "v2" } }] }),
        routing({ host: "api.example.com", subset: "v1" }),
      ],
      "0 spec.subsets[0].labels",
    ],
  },
});
