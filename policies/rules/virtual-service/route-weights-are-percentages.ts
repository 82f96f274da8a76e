import type { ObjectRule } from "../../engine/rule.ts";
import { routesOf } from "../../model/routes.ts";

export const routeWeightsArePercentages: ObjectRule = {
  id: "route-weights-are-percentages",
  title: "The weights of a route with several destinations add up to 100.",
  rationale: "Istio treats weights as proportions, so a reader who takes 90 and 20 for percentages is mistaken.",
  remediation: "Change the weights so that they add up to 100.",
  severity: "medium",
  environment: true,
  codes: [],
  kinds: ["VirtualService"],

  *check(object) {
    for (const route of routesOf(object)) {
      const shares = route.at("route");
      const weights = shares.items().map((share) => share.at("weight"));
      if (weights.length < 2 || weights.some((weight) => weight.isUnknown())) continue;
      const sum = weights.reduce((total, weight) => total + (weight.number() ?? 0), 0);
      if (sum !== 100) yield { path: shares.path, message: "change the weights so that they add up to 100" };
    }
  },
};
