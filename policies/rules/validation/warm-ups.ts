import { places } from "./lib/reading";
import { allTrafficPolicies } from "./lib/trafficPolicy";
import { at, rejected } from "./lib/verdicts";

export const warmUps = rejected({
  id: "warm-ups",
  requires: "The warm-up of new endpoints has an aggression above 0.",
  wayOut: "Set warmup.aggression to 1 for a steady rise, or to another number above 0.",
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of allTrafficPolicies(object)) {
      for (const aggression of places(policy, "loadBalancer.warmup.aggression")) {
        if ((aggression.number() ?? 1) <= 0) yield at(aggression, "write a number above 0; 1 is a straight line");
      }
    }
  },
});
