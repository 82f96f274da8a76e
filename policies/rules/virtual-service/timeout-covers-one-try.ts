import { nanosecondsOf } from "../../../istio/durations.ts";
import type { ObjectRule } from "../../engine/rule.ts";

export const timeoutCoversOneTry: ObjectRule = {
  id: "timeout-covers-one-try",
  title: "The timeout of a route is not shorter than the timeout of one attempt.",
  rationale:
    "The request times out before its first attempt does, so perTryTimeout has no effect, and a slow attempt is never retried.",
  remediation:
    "Set a timeout of at least perTryTimeout times the number of attempts plus one, or a shorter perTryTimeout.",
  severity: "medium",
  codes: [],
  kinds: ["VirtualService"],

  // Envoy's timeout of a route holds for all attempts together: see setTimeout in pilot/pkg/networking/core/route/route.go of Istio.
  *check({ spec }) {
    for (const route of spec.at("http").items()) {
      const perTry = route.at("retries", "perTryTimeout");
      const [timeout, ofOne] = [route.at("timeout"), perTry].map((place) => nanosecondsOf(place.string() ?? "") ?? 0n);
      const attempts = route.at("retries", "attempts");
      // Without a limit, and without a second attempt, there is nothing to fit.
      if (timeout === undefined || ofOne === undefined || timeout <= 0n || ofOne <= timeout) continue;
      if (attempts.isUnknown() || attempts.number() === 0) continue;
      yield { path: perTry.path, message: "set a shorter timeout for each attempt, or a longer one for the route" };
    }
  },
};
