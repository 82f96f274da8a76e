import { reviewsJasonV2 } from "./reviews-jason-v2.ts";
import { fromJason, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/fault-injection/ */
export const ratingsAbort: Scenario = {
  id: "ratings-abort",
  description: "jason sees no stars: his ratings answer 500",
  task: "https://istio.io/latest/docs/tasks/traffic-management/fault-injection/",
  traffic: {
    ...reviewsJasonV2.traffic,
    ratings: rules({
      subsets: { v1: {} },
      routes: [{ match: [fromJason], fault: { abort: { httpStatus: 500 } }, to: { v1: 100 } }, { to: { v1: 100 } }],
    }),
  },
};
