import { revisionHasControlPlane } from "../../../../policies/rules/namespace/revision-has-control-plane.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown } from "../../judge.ts";
import { namespace, release, tag } from "../release/revisions.ts";

const istiod = release("istiod", "1.31.1", { revision: "1-31-1" });
const revision = 'metadata.labels["istio.io/rev"]';

describeRule(revisionHasControlPlane, {
  accepts: {
    "a namespace of the revision": [istiod, namespace({ "istio.io/rev": "1-31-1" })],
    "a namespace of a tag": [istiod, tag("stable", "1-31-1"), namespace({ "istio.io/rev": "stable" })],
    "a namespace of a tag of the chart": [
      release("istiod", "1.31.1", { revision: "1-31-1", revisionTags: ["stable"] }),
      namespace({ "istio.io/rev": "stable" }),
    ],
    "a namespace of the control plane without a name": [
      release("istiod", "1.31.1"),
      namespace({ "istio.io/rev": "default" }),
    ],
    "a revision that Istio ignores": [istiod, namespace({ "istio-injection": "enabled", "istio.io/rev": "1-30-4" })],
    "a namespace without a control plane in sight": [namespace({ "istio.io/rev": "1-30-4" })],
    "gateways and validation of the revision": [
      istiod,
      release("gateway", "1.31.1", { revision: "1-31-1" }),
      release("base", "1.31.1", { defaultRevision: "1-31-1" }),
    ],
  },
  refuses: {
    "a namespace that was left behind": [[istiod, namespace({ "istio.io/rev": "1-30-4" })], `1 ${revision}`],
    "a tag that was left behind, and its namespace": [
      [istiod, tag("stable", "1-30-4"), namespace({ "istio.io/rev": "stable" })],
      `2 ${revision}`,
      `1 ${revision}`,
    ],
    "a gateway that was left behind": [
      [istiod, release("gateway", "1.30.4", { revision: "1-30-4" })],
      "1 values.revision",
    ],
    "validation by nobody": [
      [istiod, release("base", "1.31.1", { defaultRevision: "1-30-4" })],
      "1 values.defaultRevision",
    ],
    "a name where the control plane has none": [
      [release("istiod", "1.31.1"), namespace({ "istio.io/rev": "1-30-4" })],
      `1 ${revision}`,
    ],
  },
  waits: {
    "a computed label": [[istiod, namespace({ "istio.io/rev": unknown.text })], `1 ${revision}`],
    "a computed tag": [[istiod, tag(unknown.text, "1-31-1")], '1 metadata.labels["istio.io/tag"]'],
  },
});
