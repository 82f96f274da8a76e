import { describe, expect, it } from "vitest";
import { selects } from "../../istio/labels.ts";

describe("a selector", () => {
  it.each([
    ["takes what carries its labels", { app: "a" }, { app: "a", version: "v1" }, true],
    ["takes all where it names none", {}, { app: "a" }, true],
    ["leaves what carries another value", { app: "a" }, { app: "b" }, false],
    ["leaves what lacks one of its labels", { app: "a", version: "v1" }, { app: "a" }, false],
  ])("%s", (_what, selector, labels, expected) => {
    expect(selects(selector, labels)).toBe(expected);
    expect(selects(new Map(Object.entries(selector)), new Map(Object.entries(labels)))).toBe(expected);
  });

  it("leaves what has no labels", () => {
    expect(selects({ app: "a" }, undefined)).toBe(false);
  });
});
