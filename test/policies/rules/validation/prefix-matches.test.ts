import { prefixMatches } from "../../../../policies/rules/validation/prefix-matches";
import { testRule } from "./lib/testRule";
import { virtualService } from "./lib/valid";

const routed = "spec.http[0]";
const match = `${routed}.match[0]`;

testRule(prefixMatches, [
  virtualService,
  [
    ["of a host", { [`${match}.authority.prefix`]: "" }],
    ["of a parameter", { [`${match}.queryParams.page.prefix`]: "" }],
    ["of a URI", { [`${match}.uri.prefix`]: "" }, []],
  ],
]);
