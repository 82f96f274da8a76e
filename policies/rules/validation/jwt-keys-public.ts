import { isPrivate, keysOf } from "./lib/jwks";
import { places } from "./lib/reading";
import { at, warned } from "./lib/verdicts";

export const jwtKeysPublic = warned({
  id: "jwt-keys-public",
  requires: "The keys of a rule for tokens are public ones.",
  because: "Everyone who may read the object could sign tokens of their own with a private key.",
  wayOut: "Create new keys of type RSA, EC or OKP, and write only their public members into jwks, without d.",
  kinds: ["RequestAuthentication"],

  *check({ spec }) {
    for (const keys of places(spec, "jwtRules[].jwks")) {
      if (keysOf(keys.text() ?? "")?.some(isPrivate) === true)
        yield at(keys, "leave the private members of the keys out, and replace the keys");
    }
  },
});
