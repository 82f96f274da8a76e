import { isRetryCondition, isRetryStatus } from "../../../istio/retries.ts";
import { places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const httpRetries = rejected({
  id: "http-retries",
  title: "Retries set attempts, and conditions that Envoy knows, separated by commas without spaces.",
  remediation:
    "Set attempts to 1 or more, or to 0 alone for no retries, and set retryOn to Envoy conditions without spaces, such as 5xx,reset,503.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const retries of places(spec, "http[].retries")) {
      const attempts = retries.at("attempts");
      const number = attempts.isAbsent() ? 0 : attempts.number();
      if (number !== undefined && number < 0) yield at(attempts, "use 0 for no retries, or a higher number");
      const set = ["perTryTimeout", "retryOn", "retryRemoteLocalities"].filter((name) => {
        const field = retries.at(name);
        return field.isPresent() && field.string() !== "";
      });
      if (number === 0 && set.length > 0) {
        yield at(attempts, "use 1 or more, or remove the other retry settings");
      }
      const retryOn = retries.at("retryOn");
      const conditions = retryOn.string() ?? "";
      if (conditions !== "" && !conditions.split(",").every(isCondition)) {
        yield at(retryOn, "use conditions that Envoy knows, such as 5xx,reset,503, separated by commas without spaces");
      }
    }
  },
});

function isCondition(condition: string): boolean {
  return isRetryCondition(condition) || (/^\+?\d+$/.test(condition) && isRetryStatus(Number(condition)));
}
