import { regularExpressions } from "../../../../policies/rules/virtual-service/regular-expressions.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const routed = "spec.http[0]";
const match = `${routed}.match[0]`;

testRule(regularExpressions, [
  virtualService,
  [
    ["a lookahead", { [`${match}.uri`]: { regex: "(?!a)" } }, [`${match}.uri.regex`]],
    ["nothing", { [`${match}.method.regex`]: "" }],
    ["too much", { [`${match}.method.regex`]: "a".repeat(1025) }],
    ["an asterisk alone", { [`${match}.headers["x-user"]`]: { regex: "*" } }, [`${match}.headers["x-user"].regex`]],
    ["an origin with a parenthesis", { [`${routed}.corsPolicy.allowOrigins[1].regex`]: "(a" }],
    ["a rewrite with a backreference", { [`${routed}.rewrite.uriRegexRewrite.match`]: "(a)\\1" }],
  ],
]);
