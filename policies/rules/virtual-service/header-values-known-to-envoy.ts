import { headerValueProblems, isTakenByIstiod } from "../../../istio/headerValue.ts";
import { didYouMean } from "../../../lib/schema/problems.ts";
import type { ObjectRule } from "../../engine/rule.ts";
import { allPlaces } from "../../values/reading.ts";

const PLACES = ["http[].headers", "http[].route[].headers"].flatMap((headers) =>
  ["request.set{}", "request.add{}", "response.set{}", "response.add{}"].map((changes) => `${headers}.${changes}`),
);

export const headerValuesKnownToEnvoy: ObjectRule = {
  id: "header-values-known-to-envoy",
  title: "Header values use only variables that Envoy knows, each with a valid argument.",
  rationale:
    "Istiod does not check the names, and Envoy rejects all routes of the port for one invalid variable, so no route change takes effect.",
  remediation: "Use variables as in Envoy's documentation, and %% for a percent sign.",
  severity: "high",
  codes: [],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const value of allPlaces(spec, ...PLACES)) {
      const text = value.string();
      // What istiod refuses another rule says.
      if (text === undefined || !isTakenByIstiod(text)) continue;
      for (const problem of headerValueProblems(text, didYouMean)) {
        yield { path: value.path, message: `change the value, which ${problem}` };
      }
    }
  },
};
