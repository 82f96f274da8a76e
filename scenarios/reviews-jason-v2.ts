import { everythingV1, fromJason, reviewsVersions, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/request-routing/ */
export const reviewsJasonV2: Scenario = {
  id: "reviews-jason-v2",
  description: "jason sees reviews v2 with black stars, all others v1 without",
  task: "https://istio.io/latest/docs/tasks/traffic-management/request-routing/",
  traffic: {
    ...everythingV1,
    reviews: rules({
      subsets: reviewsVersions,
      routes: [{ match: [fromJason], to: { v2: 100 } }, { to: { v1: 100 } }],
    }),
  },
};
