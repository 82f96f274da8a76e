import type { Field } from "../../model/field.ts";
import { isPort, PORT_TEXT } from "../../values/hosts.ts";
import { hasText, lacksText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const httpRedirects = rejected({
  id: "http-redirects",
  title: "A redirect sets its target in one way, with a matching status and scheme.",
  remediation:
    "Set a uri or prefixRewrite (for prefix matches only), an authority, scheme or port, and a redirectCode from 300 to 399.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const route of places(spec, "http[]")) {
      const redirect = route.at("redirect");
      if (!redirect.isPresent()) continue;
      const [uri, prefixRewrite] = [redirect.at("uri"), redirect.at("prefixRewrite")];
      if (hasText(uri) && hasText(prefixRewrite)) yield at(prefixRewrite, "remove this field, or the uri");
      if (hasText(prefixRewrite) && places(route, "match[].uri").some(isNoPrefix)) {
        yield at(prefixRewrite, "match URIs only by prefix, or set a uri");
      }
      if (isEmpty(redirect)) yield at(redirect, "add a uri, a prefixRewrite, an authority, a scheme or a port");
      const code = redirect.at("redirectCode");
      const status = code.number() ?? 0;
      if (status !== 0 && (status < 300 || status > 399)) yield at(code, "use a status from 300 to 399");
      const scheme = redirect.at("scheme");
      if (!["", "http", "https"].includes(scheme.string() ?? "")) yield at(scheme, "use http or https");
      const port = redirect.at("port");
      const number = port.number() ?? 0;
      if (number > 0 && !isPort(number)) yield at(port, PORT_TEXT);
    }
  },
});

function isNoPrefix(uri: Field): boolean {
  return uri.at("prefix").isAbsent();
}

function isEmpty(redirect: Field): boolean {
  const texts = ["uri", "prefixRewrite", "authority", "scheme"].map((name) => redirect.at(name));
  const ports = ["port", "derivePort"].map((name) => redirect.at(name));
  return texts.every(lacksText) && ports.every((port) => port.isAbsent());
}
