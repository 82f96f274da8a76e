import { gatewayNamedWithSlash } from "../../../../policies/rules/virtual-service/gateway-named-with-slash.ts";
import { describeRule } from "../../describeRule.ts";
import { virtualService } from "../../kialiObjects.ts";

describeRule(gatewayNamedWithSlash, {
  accepts: {
    "a slash": [virtualService({ gateways: ["edge/reviews", "reviews", "mesh"] })],
  },
  refuses: {
    "a dot": [[virtualService({ gateways: ["reviews.edge"] })], "spec.gateways[0]"],
    "a dot in a match": [
      [virtualService({ http: [{ match: [{ gateways: ["reviews.edge"] }] }] })],
      "spec.http[0].match[0].gateways[0]",
    ],
  },
});
