import { singleRouteWithoutWeight } from "../../../../policies/rules/virtual-service/single-route-without-weight.ts";
import { describeRule } from "../../describeRule.ts";
import { virtualService } from "../../kialiObjects.ts";

describeRule(singleRouteWithoutWeight, {
  accepts: {
    "no weight": [virtualService({ http: [{ route: [{ destination: { host: "reviews" } }] }] })],
    "all of it": [virtualService({ tcp: [{ route: [{ weight: 100 }] }] })],
    "none of it": [virtualService({ http: [{ route: [{ weight: 0 }] }] })],
    "a split": [virtualService({ http: [{ route: [{ weight: 20 }, { weight: 80 }] }] })],
  },
  refuses: {
    "half a split": [[virtualService({ http: [{ route: [{ weight: 50 }] }] })], "spec.http[0].route[0].weight"],
    "half a split of connections": [
      [virtualService({ tls: [{ route: [{ weight: 99 }] }] })],
      "spec.tls[0].route[0].weight",
    ],
  },
});
