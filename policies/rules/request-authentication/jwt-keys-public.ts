import { isPrivate, keysOf } from "../../../istio/jwks.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const jwtKeysPublic = warned({
  id: "jwt-keys-public",
  title: "The keys in a JWT rule are public keys.",
  rationale: "With a private key, anyone who can read the object can sign their own tokens.",
  remediation: "Create new keys of type RSA, EC or OKP, and put only their public members in jwks, without d.",
  kinds: ["RequestAuthentication"],

  *check({ spec }) {
    for (const keys of places(spec, "jwtRules[].jwks")) {
      if (keysOf(keys.string() ?? "")?.some(isPrivate) === true)
        yield at(keys, "remove the private members of the keys, and replace the keys");
    }
  },
});
