import { workloadSelectors } from "../../../../policies/rules/several-kinds/workload-selectors.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule, proxyConfig, sidecar } from "../../valid.ts";

testRule(
  workloadSelectors,
  [
    sidecar,
    [
      ["a wildcard", { "spec.workloadSelector.labels.app": "shop-*" }],
      ["a wildcard in a name", { 'spec.workloadSelector.labels["app*"]': "shop" }, undefined, "by name"],
    ],
  ],
  [proxyConfig, [["no name", { 'spec.selector.matchLabels[""]': "shop" }, undefined, "by name"]]],
  [destinationRule, [["a wildcard", { "spec.workloadSelector.matchLabels.app": "*" }]]],
);
