import type { ObjectRule } from "../../rule";

export const noFaultInjection: ObjectRule = {
  id: "no-fault-injection",
  requires: "No route injects faults.",
  because: "A delay or an abort that was meant for a test is an outage for the users that it reaches.",
  wayOut: "Remove the fault; try faults in an environment without users.",
  severity: "high",
  environment: true,
  covers: [],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const route of spec.at("http").items()) {
      const fault = route.at("fault");
      if (fault.isPresent()) yield { path: fault.path, message: "remove the fault" };
    }
  },
};
