import { destinationRuleHostKnown } from "../../../../policies/rules/destination-rule/destination-rule-host-known.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, destinationRule, service, serviceEntry } from "../../kialiObjects.ts";

describeRule(destinationRuleHostKnown, {
  open: false,
  accepts: {
    "a Service": [destinationRule({ host: "reviews" }), service()],
    "an app": [destinationRule({ host: "reviews" }), deployment({ app: "reviews" })],
    "a ServiceEntry's host": [
      destinationRule({ host: "api.example.com" }),
      serviceEntry({ hosts: ["api.example.com"] }),
    ],
    "a wildcard": [destinationRule({ host: "*.local" })],
  },
  refuses: {
    "a Service that is not there": [[destinationRule({ host: "ratings" }), service()], "0 spec.host"],
    "an app of another namespace": [
      [
        destinationRule({ host: "reviews" }),
        deployment({ app: "reviews" }, { namespace: "other" }),
        service({}, { name: "a" }),
      ],
      "0 spec.host",
    ],
    "an outside host that is not there": [
      [destinationRule({ host: "api.example.com" }), serviceEntry({ hosts: ["www.example.com"] })],
      "0 spec.host",
    ],
  },
});
