import { regexProblem } from "../../../istio/regularExpressions.ts";
import { haveTextInCommon, literally } from "../../../lib/re2Language.ts";
import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

/** A header with a cookie beside the one that is meant. */
const TWO_COOKIES = "another=1;.*|.*; ?another=1";
const BROWSER = "Mozilla/.*";
const BROWSER_NAME = /chrome|firefox|safari|edg|opera|msie|trident|iphone|ipad/i;

export const browserHeadersInPart: ObjectRule = {
  id: "browser-headers-in-part",
  title: "Matches on cookies and browser names match a part of the header.",
  rationale:
    "A browser sends all cookies in one header, and its user-agent begins with Mozilla, so a match on the whole value never succeeds.",
  remediation:
    "Use a regex that allows other text on both sides: for a cookie (.*;\\s*)?name=value(;.*)?, for a browser .*Firefox/.* or similar.",
  severity: "low",
  environment: true,
  codes: [],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const match of spec
      .at("http")
      .items()
      .flatMap((route) => route.at("match").items())) {
      for (const headers of [match.at("headers"), match.at("withoutHeaders")]) {
        const cookie = comparisonAt(headers.at("cookie"));
        if (cookie && !haveTextInCommon(cookie.expression, TWO_COOKIES)) {
          yield { path: cookie.path, message: "allow other cookies in the same header" };
        }
        const agent = comparisonAt(headers.at("user-agent"));
        if (agent && BROWSER_NAME.test(agent.expression) && !haveTextInCommon(agent.expression, BROWSER)) {
          yield { path: agent.path, message: "allow text before the name of the browser" };
        }
      }
    }
  },
};

/** A comparison as an expression for the whole value; nothing if it is none that can be read. */
function comparisonAt(place: Field): { readonly path: string; readonly expression: string } | undefined {
  const [exact, prefix, regex] = [place.at("exact"), place.at("prefix"), place.at("regex")];
  const [exactText, prefixText, expression] = [exact.string(), prefix.string(), regex.string()];
  if (exactText) return { path: exact.path, expression: literally(exactText) };
  if (prefixText) return { path: prefix.path, expression: `${literally(prefixText)}.*` };
  if (!expression || regexProblem(expression) !== undefined) return undefined;
  return { path: regex.path, expression };
}
