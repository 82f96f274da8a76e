import type { ObjectRule } from "../../engine/rule.ts";

export const httpRouteHasTimeout: ObjectRule = {
  id: "http-route-has-timeout",
  title: "A route of HTTP says how long a request may take.",
  rationale: "Istio waits for ever by default, so one slow service holds up all that call it.",
  remediation: "Set timeout, or timeout: 0s where requests are meant to stay open.",
  severity: "low",
  level: "disabled",
  environment: true,
  codes: [],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const route of spec.at("http").items()) {
      const timeout = route.at("timeout");
      const sends = route.at("route").items().length > 0;
      if (sends && timeout.isAbsent()) yield { path: timeout.path, message: "say how long a request may take" };
    }
  },
};
