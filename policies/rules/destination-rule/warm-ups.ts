import { places } from "../../values/reading.ts";
import { allTrafficPolicies } from "../../values/trafficPolicy.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const warmUps = rejected({
  id: "warm-ups",
  title: "The warm-up of new endpoints has an aggression above 0.",
  remediation: "Set warmup.aggression to 1 for a linear increase, or to another number above 0.",
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of allTrafficPolicies(object)) {
      for (const aggression of places(policy, "loadBalancer.warmup.aggression")) {
        if ((aggression.number() ?? 1) <= 0)
          yield at(aggression, "use a number above 0, such as 1 for a linear increase");
      }
    }
  },
});
