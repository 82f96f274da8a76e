import { isUsable, keysOf } from "../../../istio/jwks.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const jwksHasKey = warned({
  id: "jwks-has-key",
  title: "The jwks of a JWT rule has a key that proxies can use.",
  rationale:
    "Proxies reject a listener whose key set has none. They keep their old configuration as a whole, so that no later change of any kind takes effect there.",
  remediation: "Put the issuer's public keys into jwks, of type RSA, EC or OKP, or use jwksUri.",
  kinds: ["RequestAuthentication"],

  *check({ spec }) {
    for (const jwks of places(spec, "jwtRules[].jwks")) {
      if (keysOf(jwks.string() ?? "")?.some(isUsable) === false) yield at(jwks, "add a key that proxies can use");
    }
  },
});
