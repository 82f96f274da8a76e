import { mirrorPercentages } from "../../../../policies/rules/virtual-service/mirror-percentages.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const routed = "spec.http[0]";
const mirrored = "spec.http[2]";

testRule(mirrorPercentages, [
  virtualService,
  [
    ["more than all", { [`${mirrored}.mirrorPercentage.value`]: 101 }],
    ["fewer than none", { [`${routed}.mirrors[0].percentage.value`]: -1 }],
    ["more than all, in the old way", { [`${mirrored}.mirrorPercent`]: 101 }],
  ],
]);
