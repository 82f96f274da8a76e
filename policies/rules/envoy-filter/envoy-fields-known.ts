import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";
import { valueMismatches } from "./lib/envoyValues.ts";

export const envoyFieldsKnown = warned({
  id: "envoy-fields-known",
  title: "A patch of an EnvoyFilter has only fields and words that Envoy's API has where they stand.",
  rationale:
    "istiod leaves a misspelt field out with no more than a warning, and what it should have done never happens.",
  remediation:
    "Write the name that the finding offers, move the field to where Envoy's reference has it, or remove it.",
  severity: "high",
  sources: ["istio/pkg/config/validation/envoyfilter/envoyfilter.go"],
  kinds: ["EnvoyFilter"],

  *check(object) {
    for (const patch of places(object.spec, "configPatches[]")) {
      for (const { field, topic, message } of valueMismatches(object, patch)) {
        if (topic === "dropped") yield at(field, message);
      }
    }
  },
});
