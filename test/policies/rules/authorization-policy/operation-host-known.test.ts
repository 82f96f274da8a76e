import { operationHostKnown } from "../../../../policies/rules/authorization-policy/operation-host-known.ts";
import { describeRule } from "../../describeRule.ts";
import { authorizationPolicy, service, serviceEntry, virtualService } from "../../kialiObjects.ts";

const to = (...hosts: string[]) => authorizationPolicy({ rules: [{ to: [{ operation: { hosts } }] }] });

describeRule(operationHostKnown, {
  open: false,
  accepts: {
    "a Service": [to("reviews", "reviews.shop"), service()],
    "hosts that clients write": [to("*", "api.*", "*.example.com", "example.com", "www.example.com")],
    "a VirtualService's host": [to("ratings"), virtualService({ hosts: ["ratings"] })],
    "a VirtualService for all hosts of the namespace": [
      to("ratings"),
      virtualService({ hosts: ["*.shop.svc.cluster.local"] }),
    ],
    "a ServiceEntry's host": [to("ratings"), serviceEntry({ hosts: ["ratings.shop.svc.cluster.local"] })],
  },
  refuses: {
    "a Service that is not there": [
      [to("ratings", "ratings.shop"), service()],
      "0 spec.rules[0].to[0].operation.hosts[0]",
      "0 spec.rules[0].to[0].operation.hosts[1]",
    ],
    "a VirtualService's host of another namespace": [
      [to("ratings"), virtualService({ hosts: ["ratings"] }, { namespace: "other" }), service()],
      "0 spec.rules[0].to[0].operation.hosts[0]",
    ],
  },
});
