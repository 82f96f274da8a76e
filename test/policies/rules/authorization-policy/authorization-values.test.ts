import { authorizationValues } from "../../../../policies/rules/authorization-policy/authorization-values.ts";
import { testRule } from "../../testRule.ts";
import { authorizationPolicy } from "../../valid.ts";

const rule = "spec.rules[0]";
const source = `${rule}.from[0].source`;
const operation = `${rule}.to[0].operation`;

testRule(authorizationValues, [
  authorizationPolicy,
  [
    ["an empty principal", { [`${source}.principals[0]`]: "" }],
    ["no address", { [`${source}.ipBlocks[0]`]: "10.0.0" }],
    ["no range", { [`${source}.notRemoteIpBlocks`]: ["10.0.0.0/"] }, [`${source}.notRemoteIpBlocks[0]`]],
    ["two asterisks", { [`${source}.trustDomains[0]`]: "*a*" }],
    ["an asterisk within", { [`${source}.notTrustDomains`]: ["a*b"] }, [`${source}.notTrustDomains[0]`]],
    ["a slash in a domain", { [`${source}.trustDomains[0]`]: "a/b" }],
    ["an account with an asterisk", { "spec.rules[1].from[0].source.serviceAccounts[0]": "shop-*" }],
    ["an account without a name", { "spec.rules[1].from[0].source.serviceAccounts[0]": "prod/" }],
    ["an account with two slashes", { "spec.rules[1].from[0].source.serviceAccounts[0]": "a/b/c" }],
    ["a port that can not be", { [`${operation}.ports[0]`]: "65536" }],
    ["a port by name", { [`${operation}.ports[0]`]: "https" }],
    ["a template after the rest", { [`${operation}.paths[0]`]: "/{**}/{*}" }],
    ["a template in a segment", { [`${operation}.paths[0]`]: "/a{*}" }],
    ["an asterisk beside a template", { [`${operation}.paths[0]`]: "/{*}/*" }],
    ["an empty method", { [`${operation}.methods[0]`]: "" }],
    ["no key", { [`${rule}.when[0].key`]: "" }],
    ["an unknown key", { [`${rule}.when[0].key`]: "request.body" }],
    ["a header without a name", { [`${rule}.when[0].key`]: "request.headers[]" }],
    ["the own namespace", { [`${rule}.when[0].key`]: "destination.namespace" }],
    ["labels of the workload", { [`${rule}.when[0].key`]: "destination.labels[app]" }],
    ["no values", { [`${rule}.when[0].values`]: [] }, [`${rule}.when[0]`]],
    ["an empty value", { [`${rule}.when[0].values[0]`]: "" }],
    ["a value that is no address", { [`${rule}.when[1].notValues[0]`]: "a" }],
    ["a value that is no port", { [`${rule}.when[2].values[0]`]: "-1" }],
  ],
]);
