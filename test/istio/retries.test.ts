import { expect, it } from "vitest";
import { isRetryCondition, isRetryStatus } from "../../istio/retries.ts";

it.each([
  ["5xx", true],
  ["unavailable", true],
  ["503", false],
  ["toString", false],
])("%s is a condition: %s", (text, expected) => {
  expect(isRetryCondition(text)).toBe(expected);
});

it.each([
  [503, true],
  [418, true],
  [509, false],
  [599, false],
])("%d is a status that istiod takes: %s", (code, expected) => {
  expect(isRetryStatus(code)).toBe(expected);
});
