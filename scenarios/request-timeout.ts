import { everythingV1, reviewsVersions, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/request-timeouts/ */
export const requestTimeout: Scenario = {
  id: "request-timeout",
  description: "Reviews that take longer than 0.5 s are given up; a delay of ratings makes them take 2 s",
  task: "https://istio.io/latest/docs/tasks/traffic-management/request-timeouts/",
  traffic: {
    ...everythingV1,
    // A delay of reviews themselves would not do: it does not count for the timeout of the same route.
    ratings: rules({ subsets: { v1: {} }, routes: [{ fault: { delay: { fixedDelay: "2s" } }, to: { v1: 100 } }] }),
    reviews: rules({ subsets: reviewsVersions, routes: [{ timeout: "0.5s", to: { v2: 100 } }] }),
  },
};
