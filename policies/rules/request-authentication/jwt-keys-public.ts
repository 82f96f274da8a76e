import { isPrivate, keysOf } from "./lib/jwks.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const jwtKeysPublic = warned({
  id: "jwt-keys-public",
  title: "The keys of a rule for tokens are public ones.",
  rationale: "Everyone who may read the object could sign tokens of their own with a private key.",
  remediation: "Create new keys of type RSA, EC or OKP, and write only their public members into jwks, without d.",
  kinds: ["RequestAuthentication"],

  *check({ spec }) {
    for (const keys of places(spec, "jwtRules[].jwks")) {
      if (keysOf(keys.string() ?? "")?.some(isPrivate) === true)
        yield at(keys, "leave the private members of the keys out, and replace the keys");
    }
  },
});
