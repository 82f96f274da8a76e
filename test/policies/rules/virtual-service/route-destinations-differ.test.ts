import { routeDestinationsDiffer } from "../../../../policies/rules/virtual-service/route-destinations-differ.ts";
import { describeRule } from "../../describeRule.ts";
import { routing, virtualService } from "../../kialiObjects.ts";

describeRule(routeDestinationsDiffer, {
  accepts: {
    "two subsets": [routing({ host: "reviews", subset: "v1" }, { host: "reviews", subset: "v2" })],
    "two hosts": [routing({ host: "reviews" }, { host: "reviews.other" })],
    "two routes": [virtualService({ http: [1, 2].map(() => ({ route: [{ destination: { host: "reviews" } }] })) })],
  },
  refuses: {
    "a subset twice": [
      [routing({ host: "reviews", subset: "v1" }, { host: "reviews.shop", subset: "v1" })],
      "0 spec.http[0].route[0].destination.host",
      "0 spec.http[0].route[1].destination.host",
    ],
  },
});
