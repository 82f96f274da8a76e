import { httpRewrites } from "../../../../policies/rules/virtual-service/http-rewrites.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const routed = "spec.http[0]";

testRule(httpRewrites, [
  virtualService,
  [
    ["nothing", { [`${routed}.rewrite`]: {} }],
    ["two ways", { [`${routed}.rewrite.uri`]: "/" }, [`${routed}.rewrite.uriRegexRewrite`]],
    ["a match without a rewrite", { [`${routed}.rewrite.uriRegexRewrite.rewrite`]: "" }],
    ["a rewrite without a match", { [`${routed}.rewrite.uriRegexRewrite.match`]: undefined }],
  ],
]);
