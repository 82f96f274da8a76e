import { sidecarEgressHostKnown } from "../../../../policies/rules/sidecar/sidecar-egress-host-known.ts";
import { describeRule } from "../../describeRule.ts";
import { service, serviceEntry, sidecar } from "../../kialiObjects.ts";

const importing = (...hosts: string[]) => sidecar({ egress: [{ hosts }] });

describeRule(sidecarEgressHostKnown, {
  open: false,
  accepts: {
    "everything of some namespaces": [importing("*/*", "./*", "~/*", "other/*")],
    "a Service": [importing("shop/reviews.shop.svc.cluster.local"), service()],
    "all hosts of the namespace": [importing("./*.shop.svc.cluster.local"), service()],
    "no Service at all": [importing("./reviews.shop.svc.cluster.local")],
    "a ServiceEntry's host": [importing("./api.example.com"), serviceEntry({ hosts: ["*.example.com"] })],
  },
  refuses: {
    "a Service that is not there": [
      [importing("./*", "shop/ratings.shop.svc.cluster.local"), service()],
      "0 spec.egress[0].hosts[1]",
    ],
    "a wildcard over no host": [
      [importing("./*.example.com"), serviceEntry({ hosts: ["api.example.com"] })],
      "0 spec.egress[0].hosts[0]",
    ],
  },
});
