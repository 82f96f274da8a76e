import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regexProblem } from "../../istio/regularExpressions.ts";

describe("regular expressions", () => {
  it.each([
    "/api/v\\d+/.*",
    "^(.*?;)?(user=jason)(;.*)?$",
    "(?i)chrome|firefox",
    "(?P<version>v[0-9]+)",
    "[[:alpha:]_][^]-]*",
    "\\p{Greek}+\\PL\\p{^Lu}\\pN",
    "\\x{1F600}|\\x41|\\012|\\0",
    "\\Q.*\\E?",
    "a{2,5}b{3}c{1,}d{,4}e{",
    "(?:a{30}){30}",
    "[a-z\\d.-]+\\.example\\.com",
    "a|",
  ])("RE2 reads %s", (expression) => {
    expect(regexProblem(expression)).toBeUndefined();
  });

  it.each([
    ["(?=admin)", "lookahead"],
    ["(?!admin).*", "lookahead"],
    ["(?<=v)1", "lookbehind"],
    ["(?<!v)1", "lookbehind"],
    ["(.)\\1", "backreferences"],
    ["(?<a>.)\\k<a>", "backreferences"],
    ["(?>a)", "does not know"],
    ["a++", "right after another"],
    ["a**", "right after another"],
    ["*a", "nothing before it"],
    ["a|*", "nothing before it"],
    ["(a", "no closing one"],
    ["a)", "no opening one"],
    ["[a", "no closing bracket"],
    ["[z-a]", "range of characters"],
    ["[[:letter:]]", "no such class"],
    ["a{1001}", "more than 1000 times"],
    ["(a{40}){40}", "more than 1000 times"],
    ["a{5,2}", "fewer times at most than at least"],
    ["\\Z", "no such escape"],
    ["\\p{Klingon}", "no such class"],
    ["a\\", "backslash stands at its end"],
    ["\\x{110000}", "no such escape"],
    ["(?<n>a)(?<n>b)", "same name"],
    ["", "is empty"],
    ["a".repeat(1025), "longer than"],
    ["é".repeat(513), "longer than"],
  ])("RE2 does not read %s", (expression, reason) => {
    expect(regexProblem(expression)).toContain(reason);
  });

  it("can hold any text literally", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }), (text) => {
        expect(regexProblem(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))).toBeUndefined();
      }),
    );
  });

  it("is judged in time, whatever it is", () => {
    const pieces = fc.constantFrom("(", ")", "[", "]", "a", "-", "*", "?", "{2,3}", "|", "\\", "(?i)", "\\Q", "^", "$");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 200 }), (all) => {
        expect(["string", "undefined"]).toContain(typeof regexProblem(all.join("")));
      }),
    );
  });
});
