import { expect, it } from "vitest";
import { wholeText } from "../../lib/javaPattern.ts";

it.each([
  ["[a-z]+", "abc", true],
  ["[a-z]+", "abc1", false],
  ["^[a-z]+", "abc1", false],
  ["^a$|^b$", "b", true],
  ["(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", "/a/", true],
  ["[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", "Größe 1", true],
  ["[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", "a*", false],
  ["[\\w-_]*", "a-b_c", true],
])("%s of %s: %s", (pattern, text, isIt) => {
  expect(wholeText(pattern).test(text)).toBe(isIt);
});

it.each(["(?i)a", "\\Qa.b\\E", "[a-z&&[^b]]", "[[:alpha:]]"])("%s is not taken for what it is not", (pattern) => {
  expect(() => wholeText(pattern)).toThrow("has to be translated from Java");
});
