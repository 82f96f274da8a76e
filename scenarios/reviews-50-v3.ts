import { everythingV1, reviewsVersions, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/ */
export const reviews50V3: Scenario = {
  id: "reviews-50-v3",
  description: "Half of the requests see reviews v3 with red stars",
  task: "https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/",
  traffic: {
    ...everythingV1,
    reviews: rules({ subsets: reviewsVersions, routes: [{ to: { v1: 50, v3: 50 } }] }),
  },
};
