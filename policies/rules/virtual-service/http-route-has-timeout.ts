import type { ObjectRule } from "../../engine/rule.ts";

export const httpRouteHasTimeout: ObjectRule = {
  id: "http-route-has-timeout",
  title: "An HTTP route sets a timeout.",
  rationale: "By default Istio waits forever, so one slow service blocks all its callers.",
  remediation: "Set timeout, or timeout: 0s for requests that stay open on purpose.",
  severity: "low",
  level: "disabled",
  environment: true,
  codes: [],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const route of spec.at("http").items()) {
      const timeout = route.at("timeout");
      const sends = route.at("route").items().length > 0;
      if (sends && timeout.isAbsent()) yield { path: timeout.path, message: "set the timeout of the route" };
    }
  },
};
