import { everythingV1, reviewsVersions, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/concepts/traffic-management/#retries */
export const retries: Scenario = {
  id: "retries",
  description: "Ratings that fail are asked 3 times more, 2 s each at most",
  task: "https://istio.io/latest/docs/concepts/traffic-management/#retries",
  traffic: {
    ...everythingV1,
    reviews: rules({ subsets: reviewsVersions, routes: [{ to: { v2: 100 } }] }),
    ratings: rules({
      subsets: { v1: {} },
      routes: [
        {
          retries: {
            attempts: 3,
            perTryTimeout: "2s",
            retryOn: ["gateway-error", "connect-failure", "refused-stream"],
          },
          to: { v1: 100 },
        },
      ],
    }),
  },
};
