import { directResponsesSmall } from "../../../../policies/rules/virtual-service/direct-responses-small.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const answered = "spec.http[3]";

testRule(directResponsesSmall, [
  virtualService,
  [
    [
      "a body of more than 100 kB",
      { [`${answered}.directResponse.body.string`]: "ä".repeat(51_201) },
      [`${answered}.directResponse.body`],
    ],
    ["bytes of more than 100 kB", { [`${answered}.directResponse.body`]: { bytes: "AAAA".repeat(40_000) } }],
  ],
]);
