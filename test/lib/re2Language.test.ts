import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { haveTextInCommon, literally } from "../../lib/re2Language.ts";

const PATH = "/[^?# ]*";

describe("what two expressions have in common", () => {
  it.each([
    ["/api/.*", PATH],
    [".*api.*", PATH],
    ["^/api$", PATH],
    ["[^a-z]api", PATH],
    ["/?api/?|/x", PATH],
    ["(?i)/API", "/api"],
    ["\\B/\\bapi\\b", PATH],
    ["(?s:.*)", "a\\nb"],
    ["(?m:a$\\n^b)", "a\\nb"],
    ["\\pL+", "é"],
    ["a*", "b*"],
    [".*x.*y.*", "y.*x.*|x.*y"],
  ])("a text of %s is one of %s", (one, other) => {
    expect(haveTextInCommon(one, other)).toBe(true);
    expect(haveTextInCommon(other, one)).toBe(true);
  });

  it.each([
    ["api/.*", PATH],
    ["[^/].*", PATH],
    ["/api\\?x=1", PATH],
    ["/a$b", PATH],
    ["/a^b", PATH],
    ["\\b/api", PATH],
    ["/[^\\x00-\\x{10FFFF}]", PATH],
    ["get|post", "[A-Z]+"],
    [".*", "a\\nb"],
    ["a+", "b*"],
    ["(?:ab)*", "(?:ba)+"],
  ])("no text of %s is one of %s", (one, other) => {
    expect(haveTextInCommon(one, other)).toBe(false);
    expect(haveTextInCommon(other, one)).toBe(false);
  });

  it("a text is in common with an expression where it matches that", () => {
    const part = fc.constantFrom(
      "a",
      "b",
      "/",
      ".",
      "a*",
      "(a|b)",
      "[^a]",
      "^",
      "$",
      "\\b",
      "\\B",
      "(?m:$)",
      "\\n?",
      "x{2}",
    );
    const text = fc.string({ unit: fc.constantFrom("a", "b", "x", "/", "\n"), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), text, (parts, word) => {
        const expression = parts.join("");
        expect(haveTextInCommon(expression, literally(word))).toBe(RE2JS.matches(`(?:${expression})`, word));
      }),
      { numRuns: 2000 },
    );
  });

  it("is found for large expressions too", () => {
    expect(haveTextInCommon("/(?:[a-z0-9]{1,30}[-\\pL]?){30}", PATH)).toBe(true);
    expect(haveTextInCommon("(?:[a-z0-9]{1,30}[-\\pL]?){30}", PATH)).toBe(false);
  });
});
