import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

/** Methods that may be sent twice: the second request changes nothing more. */
const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/** Conditions under which no service has seen the request. */
const UNSEEN = new Set(["connect-failure", "refused-stream", "reset-before-request", "unavailable", "cancelled"]);

export const retriesRepeatNothing: ObjectRule = {
  id: "retries-repeat-nothing",
  title: "Requests that a service may have processed are retried only if they are idempotent, such as GET.",
  rationale: "A POST that failed with 503 may still have been processed, so a retry may order, pay or book twice.",
  remediation:
    "Match only methods that are safe to repeat, or retry only on connect-failure, refused-stream and similar conditions.",
  severity: "low",
  environment: true,
  codes: [],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const route of spec.at("http").items()) {
      const attempts = route.at("retries", "attempts").number();
      const retryOn = route.at("retries", "retryOn");
      const conditions = retryOn
        .string()
        ?.split(",")
        .map((condition) => condition.trim());
      if (attempts === undefined || attempts === 0 || conditions === undefined) continue;
      if (conditions.every((condition) => condition === "" || UNSEEN.has(condition))) continue;
      if (!mayTakeOthers(route)) continue;
      yield {
        path: retryOn.path,
        message:
          "match only methods that are safe to repeat, or remove conditions under which the service may have processed the request",
      };
    }
  },
};

function mayTakeOthers(route: Field): boolean {
  const match = route.at("match");
  if (match.isUnknown()) return false;
  const matches = match.items();
  return matches.length === 0 || matches.some((one) => !isIdempotent(one.at("method")));
}

function isIdempotent(method: Field): boolean {
  const exact = method.at("exact");
  return exact.isUnknown() || IDEMPOTENT.has(exact.string() ?? "");
}
