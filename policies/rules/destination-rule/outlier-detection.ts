import { allPlaces } from "../../values/reading.ts";
import { allTrafficPolicies } from "../../values/trafficPolicy.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const outlierDetection = rejected({
  id: "outlier-detection",
  title:
    "Outlier detection uses percentages from 0 to 100, and counts local-origin failures only when it splits them from external ones.",
  remediation:
    "Use percentages from 0 to 100, and set splitExternalLocalOriginErrors to true with consecutiveLocalOriginFailures.",
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of allTrafficPolicies(object)) {
      for (const detection of allPlaces(policy, "outlierDetection")) {
        const split = detection.at("splitExternalLocalOriginErrors");
        const failures = detection.at("consecutiveLocalOriginFailures");
        const isSplit = split.isUnknown() || split.boolean() === true;
        if (!isSplit && (failures.number() ?? 0) > 0) yield at(failures, "set splitExternalLocalOriginErrors too");
        for (const name of ["maxEjectionPercent", "minHealthPercent"]) {
          const percent = detection.at(name);
          const value = percent.number() ?? 0;
          if (value < 0 || value > 100) yield at(percent, "use a percentage from 0 to 100");
        }
      }
    }
  },
});
