import { allPlaces } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

/** A URI may begin with nothing: that matches all. */
const PLACES = ["scheme", "method", "authority", "headers{}", "withoutHeaders{}", "queryParams{}"].map(
  (name) => `http[].match[].${name}.prefix`,
);

export const prefixMatches = rejected({
  id: "prefix-matches",
  title: "A prefix match is not empty.",
  remediation: "Set the prefix to the beginning of the value, or use regex: .* to match any value.",
  sources: ["istio/pkg/config/validation/virtualservice.go", "istio/pkg/config/validation/validation.go"],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const prefix of allPlaces(spec, ...PLACES)) {
      if (prefix.string() === "")
        yield at(prefix, 'set the beginning of the value, or use regex: ".*" to match any value');
    }
  },
});
