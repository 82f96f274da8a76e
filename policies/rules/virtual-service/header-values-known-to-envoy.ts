import { headerValueProblems, isTakenByIstiod } from "../../../istio/headerValue.ts";
import { didYouMean } from "../../../lib/schema/problems.ts";
import type { ObjectRule } from "../../engine/rule.ts";
import { allPlaces } from "../../values/reading.ts";

const PLACES = ["http[].headers", "http[].route[].headers"].flatMap((headers) =>
  ["request.set{}", "request.add{}", "response.set{}", "response.add{}"].map((changes) => `${headers}.${changes}`),
);

export const headerValuesKnownToEnvoy: ObjectRule = {
  id: "header-values-known-to-envoy",
  title: "The value that a header is set to has only variables that Envoy knows, each with the argument that it takes.",
  rationale:
    "istiod looks at no name, and Envoy refuses all routes of the port for one of them: every route stays as it was.",
  remediation: "Write the variable as Envoy's documentation has it, and %% for a percent sign.",
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
