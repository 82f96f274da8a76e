import { everythingV1, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/ */
export const rateLimit: Scenario = {
  id: "rate-limit",
  description: "The product page takes 4 requests a minute; more are answered with 429",
  task: "https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/",
  traffic: {
    ...everythingV1,
    productpage: rules({
      subsets: { v1: {} },
      routes: [{ to: { v1: 100 } }],
      rateLimit: { requests: 4, per: "1m" },
    }),
  },
};
