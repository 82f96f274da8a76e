import { directResponses } from "../../../../policies/rules/virtual-service/direct-responses.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const answered = "spec.http[3]";

testRule(directResponses, [
  virtualService,
  [
    ["a status of no answer", { [`${answered}.directResponse.status`]: 100 }],
    [
      "a body of more than 1 MB",
      { [`${answered}.directResponse.body.string`]: "a".repeat(2 ** 20 + 1) },
      [`${answered}.directResponse.body`],
    ],
  ],
]);
