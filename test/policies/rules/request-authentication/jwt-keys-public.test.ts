import { jwtKeysPublic } from "../../../../policies/rules/request-authentication/jwt-keys-public.ts";
import { testRule } from "../../testRule.ts";
import { requestAuthentication } from "../../valid.ts";

const byKeys = "spec.jwtRules[1]";
const keys = (...all: object[]) => JSON.stringify({ keys: all });

testRule(jwtKeysPublic, [
  requestAuthentication,
  [
    ["a private key", { [`${byKeys}.jwks`]: keys({ kty: "EC", crv: "P-256", x: "AAAA", y: "AAAA", d: "AAAA" }) }],
    ["a shared key", { [`${byKeys}.jwks`]: keys({ kty: "oct", k: "AAAA" }) }],
  ],
]);
