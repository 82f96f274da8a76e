import type { Field } from "../../model/field.ts";
import { isPort, PORT_TEXT } from "../../values/hosts.ts";
import { hasText, lacksText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const httpRedirects = rejected({
  id: "http-redirects",
  title: "A redirect says where to, in one way, with a status and a scheme for that.",
  remediation:
    "Set a uri or prefixRewrite (for prefix matches only), an authority, scheme or port to send to, and a redirectCode from 300 to 399.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const route of places(spec, "http[]")) {
      const redirect = route.at("redirect");
      if (!redirect.isPresent()) continue;
      const [uri, prefixRewrite] = [redirect.at("uri"), redirect.at("prefixRewrite")];
      if (hasText(uri) && hasText(prefixRewrite)) yield at(prefixRewrite, "take it out, or the uri");
      if (hasText(prefixRewrite) && places(route, "match[].uri").some(isNoPrefix)) {
        yield at(prefixRewrite, "match URIs by prefix only, or write a uri");
      }
      if (isEmpty(redirect)) yield at(redirect, "add a uri, a prefixRewrite, an authority, a scheme or a port");
      const code = redirect.at("redirectCode");
      const status = code.number() ?? 0;
      if (status !== 0 && (status < 300 || status > 399)) yield at(code, "write a status from 300 to 399");
      const scheme = redirect.at("scheme");
      if (!["", "http", "https"].includes(scheme.string() ?? "")) yield at(scheme, "write http or https");
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
