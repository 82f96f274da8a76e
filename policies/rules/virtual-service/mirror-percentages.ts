import { allPlaces } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const mirrorPercentages = rejected({
  id: "mirror-percentages",
  title: "The mirror percentage is from 0 to 100.",
  remediation: "Set the percentage, such as mirrorPercentage.value, to a number from 0 to 100.",
  sources: ["istio/pkg/config/validation/virtualservice.go"],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const value of allPlaces(spec, "http[].mirrorPercentage.value", "http[].mirrors[].percentage.value")) {
      const percent = value.number() ?? 0;
      if (percent < 0 || percent > 100) yield at(value, "use a percentage from 0 to 100");
    }
    for (const percent of allPlaces(spec, "http[].mirrorPercent", "http[].mirror_percent")) {
      if ((percent.number() ?? 0) > 100) yield at(percent, "use a percentage from 0 to 100, in mirrorPercentage.value");
    }
  },
});
