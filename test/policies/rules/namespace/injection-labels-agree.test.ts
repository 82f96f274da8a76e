import { injectionLabelsAgree } from "../../../../policies/rules/namespace/injection-labels-agree.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const namespace = (labels?: unknown): Manifest => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "shop", labels },
});
const revision = 'metadata.labels["istio.io/rev"]';
const mode = 'metadata.labels["istio.io/dataplane-mode"]';

describeRule(injectionLabelsAgree, {
  accepts: {
    "no labels": [namespace()],
    "an empty map of labels": [namespace({})],
    injection: [namespace({ "istio-injection": "enabled" })],
    "a revision": [namespace({ "istio.io/rev": "stable", team: "shop" })],
    "the ambient mode": [namespace({ "istio.io/dataplane-mode": "ambient" })],
    "no injection beside a revision": [namespace({ "istio-injection": "disabled", "istio.io/rev": "stable" })],
  },
  refuses: {
    "injection beside a revision": [[namespace({ "istio-injection": "enabled", "istio.io/rev": "stable" })], revision],
    "injection beside the ambient mode": [
      [namespace({ "istio-injection": "enabled", "istio.io/dataplane-mode": "ambient" })],
      mode,
    ],
    "a revision beside the ambient mode": [
      [namespace({ "istio.io/rev": "stable", "istio.io/dataplane-mode": "ambient" })],
      mode,
    ],
  },
  waits: {
    "labels that are unknown": [[namespace(unknown.object)], "metadata.labels"],
    "injection that is unknown": [
      [namespace({ "istio-injection": unknown.text, "istio.io/rev": "stable" })],
      'metadata.labels["istio-injection"]',
    ],
    "a revision that is unknown": [
      [namespace({ "istio-injection": "enabled", "istio.io/rev": unknown.text })],
      revision,
    ],
  },
});
