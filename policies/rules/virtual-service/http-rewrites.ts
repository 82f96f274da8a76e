import { hasText, lacksText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const httpRewrites = rejected({
  id: "http-rewrites",
  title: "A rewrite replaces the URI or the host, in one way.",
  remediation: "Set a uri, an authority or both, or a uriRegexRewrite with match and rewrite instead of the uri.",
  sources: ["istio/pkg/config/validation/virtualservice.go", "istio/pkg/config/validation/validation.go"],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const rewrite of places(spec, "http[].rewrite")) {
      const [uri, regex, authority] = [rewrite.at("uri"), rewrite.at("uriRegexRewrite"), rewrite.at("authority")];
      if (hasText(uri) && regex.isPresent()) yield at(regex, "remove this field, or the uri");
      if (lacksText(uri) && lacksText(authority) && regex.isAbsent()) {
        yield at(rewrite, "add a uri, a uriRegexRewrite or an authority");
      }
      for (const field of regex.isPresent() ? [regex.at("match"), regex.at("rewrite")] : []) {
        if (lacksText(field)) yield at(field, "add this field: match and rewrite work only together");
      }
    }
  },
});
