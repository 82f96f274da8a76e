import { jwtRules } from "../../../../policies/rules/request-authentication/jwt-rules.ts";
import { testRule } from "../../testRule.ts";
import { requestAuthentication } from "../../valid.ts";

const byUri = "spec.jwtRules[0]";
const byKeys = "spec.jwtRules[1]";
const keys = (...all: object[]) => JSON.stringify({ keys: all });

testRule(jwtRules, [
  requestAuthentication,
  [
    ["no issuer and no keys", { [byUri]: { audiences: ["a"] } }],
    ["keys at no URL", { [`${byUri}.jwksUri`]: "issuer.example.com" }],
    ["keys of another scheme", { [`${byUri}.jwksUri`]: "file:///keys" }],
    ["keys from two places", { [`${byUri}.jwks`]: keys() }],
    ["keys that are no JSON", { [`${byKeys}.jwks`]: "{" }],
    ["keys that are no keys", { [`${byKeys}.jwks`]: keys({ kty: "RSA" }) }],
    ["a number that is no base64", { [`${byKeys}.jwks`]: keys({ kty: "RSA", n: "A", e: "AQAB" }) }],
    ["an unknown type of key", { [`${byKeys}.jwks`]: keys({ kty: "DSA" }) }],
    ["one key alone", { [`${byKeys}.jwks`]: JSON.stringify({ kty: "oct", k: "AAAA" }) }, []],
    ["a header with a space", { [`${byUri}.outputClaimToHeaders[0].header`]: "x user" }],
  ],
]);
