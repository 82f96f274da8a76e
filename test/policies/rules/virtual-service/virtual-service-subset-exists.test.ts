import { virtualServiceSubsetExists } from "../../../../policies/rules/virtual-service/virtual-service-subset-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { destinationRule, routing, sidecar } from "../../kialiObjects.ts";

describeRule(virtualServiceSubsetExists, {
  accepts: {
    "a subset of the host": [
      routing({ host: "reviews", subset: "v1" }),
      destinationRule({ host: "reviews.shop.svc.cluster.local", subsets: [{ name: "v1" }] }),
    ],
    "a subset of all hosts": [
      routing({ host: "reviews", subset: "v1" }),
      destinationRule({ host: "*.shop.svc.cluster.local", subsets: [{ name: "v1" }] }),
    ],
    "no subset": [routing({ host: "reviews" })],
    "routes that the namespace does not import": [
      routing({ host: "reviews", subset: "v1" }),
      sidecar({ egress: [{ hosts: ["other/*"] }] }),
    ],
  },
  refuses: {
    "a subset that is not imported": [
      [
        routing({ host: "ratings.other.svc.cluster.local", subset: "v1" }),
        destinationRule({ host: "ratings.other.svc.cluster.local", subsets: [{ name: "v1" }] }),
        sidecar({ egress: [{ hosts: ["./reviews.shop.svc.cluster.local"] }] }),
      ],
      "0 spec.http[0].route[0].destination.subset",
    ],
    "a subset that is not there": [
      [routing({ host: "reviews", subset: "v2" }), destinationRule({ host: "reviews", subsets: [{ name: "v1" }] })],
      "0 spec.http[0].route[0].destination.subset",
    ],
    "a subset of another host": [
      [
        routing({ host: "reviews", subset: "v1" }),
        destinationRule({ host: "reviews", subsets: [{ name: "v1" }] }, { namespace: "other" }),
      ],
      "0 spec.http[0].route[0].destination.subset",
    ],
    "a subset that is exported elsewhere": [
      [
        routing({ host: "reviews", subset: "v1" }),
        destinationRule(
          { host: "reviews.shop.svc.cluster.local", exportTo: ["."], subsets: [{ name: "v1" }] },
          { namespace: "other" },
        ),
      ],
      "0 spec.http[0].route[0].destination.subset",
    ],
  },
});
