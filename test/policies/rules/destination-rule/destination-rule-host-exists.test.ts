import { destinationRuleHostExists } from "../../../../policies/rules/destination-rule/destination-rule-host-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, aService } from "../../istioctlObjects.ts";

const rule = (host: string) => anObject("DestinationRule", "cart", { host });
const cart = aService("cart");

describeRule(destinationRuleHostExists, {
  open: false,
  accepts: {
    "a Service": [rule("cart"), cart],
    "a Service elsewhere": [rule("cart.other.svc.cluster.local"), aService("cart", undefined, {}, "other")],
    "all of a namespace": [rule("*.shop.svc.cluster.local"), cart],
    "all of the cluster": [rule("*.local"), cart],
    "a host outside": [rule("api.example.com"), cart, anObject("ServiceEntry", "api", { hosts: ["*.example.com"] })],
    "any, where no Service is declared": [rule("kart")],
  },
  refuses: {
    "a host that is not there": [[rule("kart"), cart], "0 spec.host"],
    "a domain without hosts": [[rule("*.example.com"), cart], "0 spec.host"],
  },
});
