import { regexProblem } from "../../../istio/regularExpressions.ts";
import { allPlaces } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

const PLACES = [
  ...["uri", "scheme", "method", "authority", "headers{}", "withoutHeaders{}", "queryParams{}"].map(
    (name) => `http[].match[].${name}.regex`,
  ),
  "http[].corsPolicy.allowOrigins[].regex",
  "http[].rewrite.uriRegexRewrite.match",
];

export const regularExpressions = rejected({
  id: "regular-expressions",
  title: "A regular expression uses RE2 syntax, and has at most 1024 characters.",
  remediation: "Rewrite it in RE2 syntax, which has no look-around and no back-references, in at most 1024 characters.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const expression of allPlaces(spec, ...PLACES)) {
      const text = expression.string();
      // For the absence of a header an asterisk stands for any value.
      if (text === undefined || (text === "*" && expression.path.includes(".withoutHeaders"))) continue;
      const problem = regexProblem(text);
      if (problem !== undefined) yield at(expression, `rewrite it: it ${problem}`);
    }
  },
});
