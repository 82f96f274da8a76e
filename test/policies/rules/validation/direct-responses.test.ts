import { directResponses } from "../../../../policies/rules/validation/direct-responses";
import { testRule } from "./lib/testRule";
import { virtualService } from "./lib/valid";

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
