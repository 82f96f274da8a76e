import { everythingV1, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/fault-injection/ */
export const detailsAbort: Scenario = {
  id: "details-abort",
  description: "The page has no details: they answer 555",
  task: "https://istio.io/latest/docs/tasks/traffic-management/fault-injection/",
  traffic: {
    ...everythingV1,
    details: rules({ subsets: { v1: {} }, routes: [{ fault: { abort: { httpStatus: 555 } }, to: { v1: 100 } }] }),
  },
};
