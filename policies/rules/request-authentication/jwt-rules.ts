import { isPlainHeaderName } from "../../../istio/headers.ts";
import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { keysOf } from "../../../istio/jwks.ts";
import { lacksText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const jwtRules = rejected({
  id: "jwt-rules",
  title:
    "A JWT rule sets an issuer or the source of the keys, and valid names for the headers and claims it reads and writes.",
  remediation:
    "Set issuer or jwksUri, provide the keys with either an https:// jwksUri or jwks as JSON, and use only letters, digits, - and _ in headers.",
  kinds: ["RequestAuthentication"],

  *check({ spec }) {
    for (const rule of places(spec, "jwtRules[]")) {
      const uris = ["jwksUri", "jwks_uri"].map((name) => rule.at(name));
      if (lacksText(rule.at("issuer")) && uris.every(lacksText)) yield at(rule, "add an issuer or a jwksUri");
      for (const uri of uris) yield* uriFindings(uri);
      const keys = rule.at("jwks");
      const sources = [...uris, keys].filter((field) => field.isPresent());
      for (const source of sources.slice(1)) yield at(source, "remove this field: use one source of keys");
      const text = keys.string() ?? "";
      if (text !== "" && keysOf(text) === undefined) yield at(keys, "use a JSON Web Key Set: a map of keys, as JSON");
      yield* headerFindings(rule);
    }
  },
});

function* uriFindings(uri: Field): Generator<Finding> {
  const text = uri.string() ?? "";
  if (text === "") return;
  const fits = /^https?:/i.test(text) && URL.canParse(text);
  if (!fits) yield at(uri, "use a URL that begins with https:// or http://");
}

function* headerFindings(rule: Field): Generator<Finding> {
  for (const claim of places(rule, "outputClaimToHeaders[]")) {
    const header = claim.at("header");
    const name = header.string();
    if (name !== undefined && name !== "" && !isPlainHeaderName(name)) {
      yield at(header, "use only letters, digits, hyphens and underscores");
    }
  }
}
