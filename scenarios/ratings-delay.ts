import { reviewsJasonV2 } from "./reviews-jason-v2.ts";
import { fromJason, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/fault-injection/ */
export const ratingsDelay: Scenario = {
  id: "ratings-delay",
  description: "jason waits: his ratings take 7 s, longer than the product page has patience for",
  task: "https://istio.io/latest/docs/tasks/traffic-management/fault-injection/",
  traffic: {
    ...reviewsJasonV2.traffic,
    ratings: rules({
      subsets: { v1: {} },
      routes: [{ match: [fromJason], fault: { delay: { fixedDelay: "7s" } }, to: { v1: 100 } }, { to: { v1: 100 } }],
    }),
  },
};
