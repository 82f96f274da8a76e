import { hasItems, places } from "../../values/reading.ts";
import { allTrafficPolicies, warningOf } from "../../values/trafficPolicy.ts";
import { at, warned } from "../../values/verdicts.ts";

export const failoverDetectsOutliers = warned({
  id: "failover-detects-outliers",
  title: "A traffic policy with locality failover has outlier detection.",
  rationale: "Without it Envoy considers every endpoint healthy, and failover never happens.",
  remediation:
    "Add outlierDetection to the same traffic policy, such as consecutive5xxErrors: 5, or remove failover and failoverPriority.",
  sources: ["istio/pkg/config/validation/agent/validation.go"],
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of allTrafficPolicies(object)) {
      const detection = policy.at("outlierDetection");
      for (const name of ["localityLbSetting", "zoneAwareLbSetting"]) {
        for (const setting of places(policy, `loadBalancer.${name}`)) {
          const failsOver = hasItems(setting.at("failover")) || hasItems(setting.at("failoverPriority"));
          if (failsOver && detection.isAbsent()) {
            yield { ...at(detection, "add outlierDetection, such as consecutive5xxErrors: 5"), ...warningOf(policy) };
          }
        }
      }
    }
  },
});
