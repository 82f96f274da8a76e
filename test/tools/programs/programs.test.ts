import { describe, expect, it } from "vitest";
import { atLeast } from "../../../tools/programs/programs.ts";

describe("a version that is new enough", () => {
  it.each([
    ["3.259.0", "3.259.0", true],
    ["v3.260.0", "3.259.0", true],
    ["4.0.0", "3.259.9", true],
    ["3.258.9", "3.259.0", false],
    ["2.999.0", "3.0.0", false],
    ["v3.19.0+g3d8990f", "3.18.2", true],
    ["no version at all", "3.0.0", false],
  ])("%s, where %s is needed: %s", (have, need, expected) => {
    expect(atLeast(have, need)).toBe(expected);
  });
});
