import { istioVersionsAgree } from "../../../../policies/rules/release/istio-versions-agree.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { unknown } from "../../judge.ts";

const release = (chart: string, version: unknown, values: object = {}): Resource => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: {
    name: `istio-${chart}`,
    namespace: "istio-system",
    chart,
    version,
    repositoryOpts: { repo: "https://istio-release.storage.googleapis.com/charts" },
    values,
  },
});

describeRule(istioVersionsAgree, {
  accepts: {
    "one version": [release("base", "1.31.1"), release("istiod", "1.31.1"), release("gateway", "1.31.1")],
    "an upgrade by revisions": [
      release("istiod", "1.30.4", { revision: "1-30-4" }),
      release("istiod", "1.31.1", { revision: "1-31-1" }),
      release("base", "1.31.1"),
      release("gateway", "1.30.4"),
    ],
    "a gateway alone": [release("gateway", "1.30.4")],
    "charts of a folder": [release("istiod", undefined), release("gateway", undefined)],
  },
  refuses: {
    "another gateway": [[release("istiod", "1.31.1"), release("gateway", "1.30.4")], "1 version"],
    "another base": [[release("base", "1.29.0"), release("istiod", "1.31.1")], "0 version"],
    "two control planes without revisions": [
      [release("istiod", "1.30.4"), release("istiod", "1.31.1")],
      "0 version",
      "1 version",
    ],
  },
  waits: {
    "a computed version": [[release("istiod", unknown.text), release("gateway", "1.31.1")], "0 version"],
  },
});
