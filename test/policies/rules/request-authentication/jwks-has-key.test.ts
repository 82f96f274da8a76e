import { jwksHasKey } from "../../../../policies/rules/request-authentication/jwks-has-key.ts";
import { testRule } from "../../testRule.ts";
import { requestAuthentication } from "../../valid.ts";

const jwks = "spec.jwtRules[1].jwks";
const keys = (...all: object[]) => JSON.stringify({ keys: all });

testRule(jwksHasKey, [
  requestAuthentication,
  [
    ["no key", { [jwks]: keys() }],
    ["a point that is on no curve", { [jwks]: keys({ kty: "EC", crv: "P-256", x: "AAAA", y: "AAAA" }) }],
    [
      "one that can be used beside one that cannot",
      {
        [jwks]: keys({ kty: "EC", crv: "P-256", x: "AAAA", y: "AAAA" }, { kty: "RSA", n: "s7w9", e: "AQAB" }),
      },
      [],
    ],
    ["a shared key, which is another rule's matter", { [jwks]: keys({ kty: "oct", k: "AAAA" }) }, []],
  ],
]);
