import { allPlaces } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

/** A URI may begin with nothing: that matches all. */
const PLACES = ["scheme", "method", "authority", "headers{}", "withoutHeaders{}", "queryParams{}"].map(
  (name) => `http[].match[].${name}.prefix`,
);

export const prefixMatches = rejected({
  id: "prefix-matches",
  title: "A prefix to match has a character or more.",
  remediation: "Write what the value begins with as the prefix, or regex: .* to match any value.",
  sources: ["istio/pkg/config/validation/virtualservice.go", "istio/pkg/config/validation/validation.go"],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const prefix of allPlaces(spec, ...PLACES)) {
      if (prefix.string() === "") yield at(prefix, 'write what the value begins with, or regex: ".*" for any value');
    }
  },
});
