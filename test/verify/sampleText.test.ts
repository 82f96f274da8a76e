import { describe, expect, it } from "vitest";
import { sampleText } from "../../verify/sampleText.ts";

describe("a text for a regular expression", () => {
  it.each([
    "jason",
    ".*Firefox/.*",
    "(?:.*;\\s*)?group=beta(?:\\s*;.*)?",
    "/api/v[0-9]+/products",
    "/(details|reviews)/\\d+",
    "a{3}b{2,5}",
    "[^/]+\\.html?",
    "(?:a|b)+c",
    "^exact$",
    "(?P<name>\\w+)-x",
    "[\\w.]+@example\\.com",
    "",
  ])("matches %s", (regex) => {
    expect(sampleText(regex)).toMatch(new RegExp(`^(?:${regex.replace("?P<", "?<")})$`));
  });

  it("leaves the flags in front out", () => {
    expect(sampleText("(?i)jason")).toBe("jason");
  });
});
