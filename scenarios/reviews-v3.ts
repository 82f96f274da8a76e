import { everythingV1, reviewsVersions, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/ */
export const reviewsV3: Scenario = {
  id: "reviews-v3",
  description: "Every request sees reviews v3 with red stars",
  task: "https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/",
  traffic: {
    ...everythingV1,
    reviews: rules({ subsets: reviewsVersions, routes: [{ to: { v3: 100 } }] }),
  },
};
