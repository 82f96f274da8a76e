import { subsetNames } from "../../../../policies/rules/destination-rule/subset-names.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule } from "../../valid.ts";

testRule(subsetNames, [
  destinationRule,
  [
    ["no name", { "spec.subsets[0].name": "" }],
    ["a dot in the name", { "spec.subsets[0].name": "v1.0" }],
    ["the same name twice", { "spec.subsets[1].name": "v1" }],
    ["a label's value with a slash", { "spec.subsets[0].labels.version": "a/b" }],
  ],
]);
