import type { ObjectRule } from "../../engine/rule.ts";

export const noFaultInjection: ObjectRule = {
  id: "no-fault-injection",
  title: "No route injects faults.",
  rationale: "A delay or abort meant for a test is an outage for the users that it affects.",
  remediation: "Remove the fault, and test faults in an environment without users.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const route of spec.at("http").items()) {
      const fault = route.at("fault");
      if (fault.isPresent()) yield { path: fault.path, message: "remove the fault" };
    }
  },
};
