import { describe, expect, it } from "vitest";
import { meantBySlip } from "../../lib/slips.ts";

describe("a name of which another one is a slip", () => {
  it.each([
    ["reveiws", "reviews"],
    ["review", "reviews"],
    ["reviewss", "reviews"],
    ["revlews", "reviews"],
    ["bookinfo-gatway", "bookinfo-gateway"],
    ["bookinfogateway", "bookinfo-gateway"],
    ["ratings.bokinfo", "ratings.bookinfo"],
    ["bookinfo/bookinfo-gateawy", "bookinfo/bookinfo-gateway"],
  ])("is found: %s for %s", (name, meant) => {
    expect(meantBySlip(name, ["something", meant])).toBe(meant);
  });

  it.each([
    ["itself", "reviews", "reviews"],
    ["two letters away", "revues", "reviews"],
    ["swapped far apart", "seviewr", "reviews"],
    ["numbered", "reviews2", "reviews1"],
    ["numbered, where the other is not", "reviews2", "reviews"],
    ["short", "cart", "card"],
    ["told apart by a letter of its own", "team-a", "team-b"],
    ["longer by a word", "reviews-api", "reviews"],
    ["split at another dot", "a.bcdefgh", "abcdefgh"],
    ["two words away", "ratngs.bokinfo", "ratings.bookinfo"],
  ])("is not found where it is %s", (_why, name, known) => {
    expect(meantBySlip(name, [known])).toBeUndefined();
  });
});
