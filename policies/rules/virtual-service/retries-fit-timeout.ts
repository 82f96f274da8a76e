import { nanosecondsOf } from "../../../istio/durations.ts";
import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

export const retriesFitTimeout: ObjectRule = {
  id: "retries-fit-timeout",
  title: "The timeout of a route leaves time for all its attempts, and each attempt has a shorter timeout.",
  rationale:
    "The timeout covers all attempts together, so a slow attempt uses up the time of the next one, and a request that times out is not retried.",
  remediation: "Set perTryTimeout, and a timeout of at least perTryTimeout times the number of attempts plus one.",
  severity: "low",
  environment: true,
  codes: [],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const route of spec.at("http").items()) {
      const attempts = route.at("retries", "attempts").number() ?? 0;
      const timeout = lengthOf(route.at("timeout"));
      // The schema says what a number of attempts may be.
      if (attempts <= 0 || !Number.isInteger(attempts) || timeout === 0n) continue;
      const perTry = route.at("retries", "perTryTimeout");
      if (perTry.isAbsent()) {
        yield {
          path: perTry.path,
          message: "set a timeout for each attempt: otherwise a slow attempt is never retried",
        };
      } else if (lengthOf(perTry) * BigInt(attempts + 1) > timeout) {
        yield {
          path: route.at("timeout").path,
          message: "leave time for all attempts, or allow fewer or shorter attempts",
        };
      }
    }
  },
};

/** Nanoseconds; 0 is no limit, and so is what cannot be read. */
const lengthOf = (duration: Field) => nanosecondsOf(duration.string() ?? "0") ?? 0n;
