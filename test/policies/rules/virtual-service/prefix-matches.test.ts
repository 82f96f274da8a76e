import { prefixMatches } from "../../../../policies/rules/virtual-service/prefix-matches";
import { testRule } from "../../testRule";
import { virtualService } from "../../valid";

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
