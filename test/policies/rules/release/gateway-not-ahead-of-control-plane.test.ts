import { gatewayNotAheadOfControlPlane } from "../../../../policies/rules/release/gateway-not-ahead-of-control-plane.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { unknown } from "../../judge.ts";
import { release, tag } from "./revisions.ts";

const [older, newer]: Resource[] = [
  release("istiod", "1.30.4", { revision: "1-30-4" }),
  release("istiod", "1.31.1", { revision: "1-31-1" }),
];
const both = [older, newer].filter((each) => each !== undefined);

describeRule(gatewayNotAheadOfControlPlane, {
  accepts: {
    "one version": [release("istiod", "1.31.1"), release("gateway", "1.31.1")],
    "a gateway that is behind": [...both, release("gateway", "1.30.4", { revision: "1-31-1" })],
    "a gateway that has moved": [...both, release("gateway", "1.31.1", { revision: "1-31-1" })],
    "a gateway that follows a tag": [
      ...both,
      tag("stable", "1-31-1"),
      release("gateway", "1.31.1", { revision: "stable" }),
    ],
    "a gateway of another stack's control plane": [...both, release("gateway", "1.32.0", { revision: "1-32-0" })],
    "a gateway alone": [release("gateway", "1.31.1", { revision: "1-30-4" })],
    "charts of Istio's source": [release("istiod", "1.0.0"), release("gateway", "1.31.1")],
  },
  refuses: {
    "a gateway ahead of the control plane without a name": [
      [release("istiod", "1.30.4"), release("gateway", "1.31.1")],
      "1 version",
    ],
    "a gateway ahead of its revision": [[...both, release("gateway", "1.31.1", { revision: "1-30-4" })], "2 version"],
    "a gateway ahead of the revision of its tag": [
      [...both, tag("stable", "1-30-4"), release("gateway", "1.31.1", { revision: "stable" })],
      "3 version",
    ],
    "a gateway ahead of the revision of a chart's tag": [
      [
        release("istiod", "1.30.4", { revision: "1-30-4", revisionTags: ["stable"] }),
        release("gateway", "1.31.1", { revision: "stable" }),
      ],
      "1 version",
    ],
  },
  waits: {
    "a computed version": [[release("istiod", "1.31.1"), release("gateway", unknown.text)], "1 version"],
  },
});
