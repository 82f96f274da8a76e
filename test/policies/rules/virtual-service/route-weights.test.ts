import { routeWeights } from "../../../../policies/rules/virtual-service/route-weights.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

testRule(routeWeights, [
  virtualService,
  [
    ["a weight below 0", { "spec.http[0].route[0].weight": -1 }],
    ["weights of 0", { "spec.tcp[0].route[0].weight": 0 }, ["spec.tcp[0].route"]],
    [
      "no weights",
      { "spec.http[0].route[0].weight": undefined, "spec.http[0].route[1].weight": undefined },
      ["spec.http[0].route"],
    ],
    ["a sum that is not 100", { "spec.http[0].route[0].weight": 7 }, []],
  ],
]);
