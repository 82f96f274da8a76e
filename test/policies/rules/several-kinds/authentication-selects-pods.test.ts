import { authenticationSelectsPods } from "../../../../policies/rules/several-kinds/authentication-selects-pods.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, peerAuthentication, requestAuthentication, workloadGroup } from "../../kialiObjects.ts";

const selector = { matchLabels: { app: "a" } };

describeRule(authenticationSelectsPods, {
  open: false,
  accepts: {
    "labels of pods": [
      peerAuthentication({ selector }),
      requestAuthentication({ selector }),
      deployment({ app: "a", b: "c" }),
    ],
    "labels of machines": [peerAuthentication({ selector }), workloadGroup({ metadata: { labels: { app: "a" } } })],
    "pods anywhere, for the root namespace": [
      peerAuthentication({ selector }, { namespace: "istio-system" }),
      deployment({ app: "a" }),
    ],
    "no selector": [peerAuthentication()],
  },
  refuses: {
    "labels of no pods": [
      [peerAuthentication({ selector }), requestAuthentication({ selector }), deployment({ app: "b" })],
      "0 spec.selector.matchLabels",
      "1 spec.selector.matchLabels",
    ],
    "labels of pods elsewhere": [
      [peerAuthentication({ selector }), deployment({ app: "a" }, { namespace: "other" })],
      "0 spec.selector.matchLabels",
    ],
  },
});
