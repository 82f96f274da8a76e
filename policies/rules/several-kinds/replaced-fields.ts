import { allPlaces } from "../../values/reading.ts";
import { allTrafficPolicies, warningOf } from "../../values/trafficPolicy.ts";
import { at, warned } from "../../values/verdicts.ts";

/** Fields of traffic policies, with what says the same now. */
const OF_POLICIES = [
  ["outlierDetection.consecutiveErrors", "write consecutive5xxErrors or consecutiveGatewayErrors instead"],
  ["loadBalancer.consistentHash.minimumRingSize", "write ringHash.minimumRingSize instead"],
] as const;

export const replacedFields = warned({
  id: "replaced-fields",
  title: "An object sets no field that Istio has replaced by another.",
  rationale: "Deprecated fields say less than those that replaced them, and go away one day.",
  remediation:
    "Write mirrorPercentage.value, consecutive5xxErrors or consecutiveGatewayErrors, or ringHash.minimumRingSize instead.",
  kinds: ["DestinationRule", "VirtualService"],

  *check(object) {
    for (const percent of allPlaces(object.spec, "http[].mirrorPercent", "http[].mirror_percent")) {
      yield at(percent, "write mirrorPercentage.value instead");
    }
    for (const policy of allTrafficPolicies(object)) {
      for (const [path, message] of OF_POLICIES) {
        for (const field of allPlaces(policy, path)) {
          if ((field.number() ?? 0) === 0) continue;
          yield { ...at(field, message), ...warningOf(policy) };
        }
      }
    }
  },
});
