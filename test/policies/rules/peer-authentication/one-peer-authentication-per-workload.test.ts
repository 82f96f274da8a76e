import { onePeerAuthenticationPerWorkload } from "../../../../policies/rules/peer-authentication/one-peer-authentication-per-workload.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, peerAuthentication } from "../../kialiObjects.ts";

const selecting = (matchLabels: object) => peerAuthentication({ selector: { matchLabels } });

describeRule(onePeerAuthenticationPerWorkload, {
  withCodes: true,
  accepts: {
    "one for all and one for some": [peerAuthentication(), selecting({ app: "a" }), deployment({ app: "a" })],
    "different workloads": [
      selecting({ app: "a" }),
      selecting({ app: "b" }),
      deployment({ app: "a" }),
      deployment({ app: "b" }),
    ],
    "different namespaces": [peerAuthentication(), peerAuthentication({}, { namespace: "other" })],
  },
  refuses: {
    "two for all": [
      [peerAuthentication(), peerAuthentication()],
      "KIA0002 0 spec.selector.matchLabels",
      "KIA0002 1 spec.selector.matchLabels",
    ],
    "two for one workload": [
      [selecting({ app: "a" }), selecting({ version: "v1" }), deployment({ app: "a", version: "v1" })],
      "KIA0003 0 spec.selector.matchLabels",
      "KIA0003 1 spec.selector.matchLabels",
    ],
  },
});
