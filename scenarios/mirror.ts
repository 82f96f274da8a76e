import { everythingV1, reviewsVersions, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/mirroring/ */
export const mirror: Scenario = {
  id: "mirror",
  description: "Everybody sees reviews v1, and v2 gets a copy of every request",
  task: "https://istio.io/latest/docs/tasks/traffic-management/mirroring/",
  traffic: {
    ...everythingV1,
    reviews: rules({ subsets: reviewsVersions, routes: [{ to: { v1: 100 }, mirrors: [{ subset: "v2" }] }] }),
  },
};
