import { describe, expect, it } from "vitest";
import { isListed, textsOf } from "../../../policies/engine/settings.ts";

describe("a list of texts", () => {
  it.each([
    [{ hosts: ["a", "b"] }, ["a", "b"]],
    [{ hosts: ["a", 1] }, ["a"]],
    [{ hosts: "a" }, []],
    [{}, []],
    [undefined, []],
  ])("is read from %j as %j", (settings, expected) => {
    expect(textsOf(settings, "hosts")).toEqual(expected);
  });

  it.each([
    ["shop.example.com", ["shop.example.com"], true],
    ["shopXexample.com", ["shop.example.com"], false],
    ["a.example.com", ["*.example.com"], true],
    ["example.com", ["*.example.com"], false],
    ["istio-system/a", ["istio-system/*", "shop/b"], true],
    ["shop/b/c", ["shop/b"], false],
    ["anything", [], false],
  ])("of %s in %j: %s", (text, list, expected) => {
    expect(isListed(text, list)).toBe(expected);
  });
});
