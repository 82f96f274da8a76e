import { exportTo } from "../../../../policies/rules/several-kinds/export-to.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule, serviceEntry, virtualService } from "../../valid.ts";

testRule(
  exportTo,
  [
    virtualService,
    [
      ["the own namespace by name and dot", { "spec.exportTo": [".", "prod"] }, ["spec.exportTo[1]"]],
      ["a namespace twice", { "spec.exportTo": ["a", "a"] }, ["spec.exportTo[1]"]],
      ["all and one more", { "spec.exportTo": ["a", "*"] }, ["spec.exportTo[1]"]],
      ["nobody", { "spec.exportTo": ["~"] }, ["spec.exportTo[0]"]],
      ["no name of a namespace", { "spec.exportTo": ["a.b"] }, ["spec.exportTo[0]"]],
    ],
  ],
  [serviceEntry, [["nobody and somebody", { "spec.exportTo": ["~", "a"] }, ["spec.exportTo[0]"]]]],
  [
    destinationRule,
    [
      ["workloads of other namespaces", { "spec.exportTo": [".", "team"] }, ["spec.exportTo[1]"]],
      ["workloads of all namespaces", { "spec.exportTo": ["*"] }, ["spec.exportTo[0]"]],
    ],
  ],
);
