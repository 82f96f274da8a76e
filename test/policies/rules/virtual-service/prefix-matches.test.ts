import { prefixMatches } from "../../../../policies/rules/virtual-service/prefix-matches.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

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
