import { everythingV1, reviewsVersions, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/ */
export const reviews9010: Scenario = {
  id: "reviews-90-10",
  description: "10 % of the requests see reviews v2 with black stars",
  task: "https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/",
  traffic: {
    ...everythingV1,
    reviews: rules({ subsets: reviewsVersions, routes: [{ to: { v1: 90, v2: 10 } }] }),
  },
};
