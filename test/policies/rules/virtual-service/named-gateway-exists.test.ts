import { namedGatewayExists } from "../../../../policies/rules/virtual-service/named-gateway-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { gateway, virtualService } from "../../kialiObjects.ts";

describeRule(namedGatewayExists, {
  open: false,
  accepts: {
    "a gateway of the namespace": [virtualService({ gateways: ["reviews", "mesh"] }), gateway()],
    "a gateway of another namespace": [
      virtualService({ gateways: ["edge/reviews"] }),
      gateway({}, { namespace: "edge" }),
    ],
    "the old form": [virtualService({ gateways: ["reviews.edge"] }), gateway({}, { namespace: "edge" })],
    "the old form in full": [
      virtualService({ gateways: ["reviews.edge.svc.cluster.local"] }),
      gateway({}, { namespace: "edge" }),
    ],
  },
  refuses: {
    "a gateway that is not there": [[virtualService({ gateways: ["ratings"] }), gateway()], "0 spec.gateways[0]"],
    "a gateway of another namespace by its short name": [
      [virtualService({ gateways: ["reviews"] }), gateway({}, { namespace: "edge" })],
      "0 spec.gateways[0]",
    ],
    "one in a match": [
      [virtualService({ http: [{ match: [{ gateways: ["mesh", "ratings"] }] }] })],
      "0 spec.http[0].match[0].gateways[1]",
    ],
  },
});
