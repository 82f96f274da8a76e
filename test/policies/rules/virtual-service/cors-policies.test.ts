import { corsPolicies } from "../../../../policies/rules/virtual-service/cors-policies.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const routed = "spec.http[0]";

testRule(corsPolicies, [
  virtualService,
  [
    ["an empty origin", { [`${routed}.corsPolicy.allowOrigins[0]`]: { exact: "" } }],
    ["no origin", { [`${routed}.corsPolicy.allowOrigins[0]`]: {} }],
    ["an unknown method", { [`${routed}.corsPolicy.allowMethods[0]`]: "get" }],
    ["a header with a space", { [`${routed}.corsPolicy.allowHeaders[0]`]: "x user" }],
    ["an empty header", { [`${routed}.corsPolicy.exposeHeaders`]: [""] }, [`${routed}.corsPolicy.exposeHeaders[0]`]],
    ["a part of a second", { [`${routed}.corsPolicy.maxAge`]: "1.5s" }],
  ],
]);
