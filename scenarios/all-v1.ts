import { everythingV1, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/request-routing/ */
export const allV1: Scenario = {
  id: "all-v1",
  description: "Every service in its first version: the page shows no stars",
  task: "https://istio.io/latest/docs/tasks/traffic-management/request-routing/",
  traffic: everythingV1,
};
