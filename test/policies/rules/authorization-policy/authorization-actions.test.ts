import { authorizationActions } from "../../../../policies/rules/authorization-policy/authorization-actions.ts";
import { testRule } from "../../testRule.ts";
import { authorizationPolicy, customAuthorizationPolicy } from "../../valid.ts";

const rule = "spec.rules[0]";
const source = `${rule}.from[0].source`;

testRule(
  authorizationActions,
  [
    authorizationPolicy,
    [
      ["a denial of nothing", { "spec.rules": undefined }],
      ["a provider that is not asked", { "spec.provider": { name: "opa" } }],
    ],
  ],
  [
    customAuthorizationPolicy,
    [
      ["no rules to ask for", { "spec.rules": [] }],
      ["no provider", { "spec.provider": undefined }, ["spec.provider.name"]],
      ["principals", { [`${source}.principals`]: ["a"] }],
      ["namespaces", { [`${source}.notNamespaces`]: ["a"] }],
      ["a key of the source", { [`${rule}.when[0].key`]: "source.principal" }],
      ["a key of the token", { [`${rule}.when[0].key`]: "request.auth.claims[sub]" }],
    ],
  ],
);
