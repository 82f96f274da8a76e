import { describe, expect, it } from "vitest";
import { expiriesIn, left, proxiesText } from "../../../tools/mesh/expiry.ts";
import { authority } from "../../authority.ts";

const NOW = new Date("2026-06-01T00:00:00Z");
const inHours = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

describe("what is left of a certificate", () => {
  it.each([
    [24 * 400, "400 days"],
    [24 * 30, "30 days"],
    [24 * 29.9, "29 days, SOON"],
    [24, "1 day, SOON"],
    [-1, "EXPIRED"],
  ])("that lasts %s hours is %s", (hours, text) => {
    expect(left(inHours(hours), NOW)).toBe(text);
  });

  it("is nothing where it cannot be read", () => {
    expect(left(undefined, NOW)).toBe("");
  });
});

describe("a bundle", () => {
  it("has a line for each certificate", () => {
    const both = authority("one").certificate + authority("other", { days: 10 }).certificate;
    const found = expiriesIn("root of the mesh", both);
    expect(found.map(({ what, expires }) => [what, expires && left(expires, new Date())])).toEqual([
      ["root of the mesh", expect.stringMatching(/^36\d\d days$/)],
      ["root of the mesh", expect.stringMatching(/^(9|10) days, SOON$/)],
    ]);
  });

  it("has one line that says so where it is none", () => {
    for (const text of [undefined, "", "nothing"]) {
      expect(expiriesIn("webhook", text)).toEqual([{ what: "webhook", expires: undefined }]);
    }
  });
});

describe("the proxies", () => {
  it("are summed up by the one that expires first", () => {
    const proxies = [
      { what: "bookinfo/a", expires: inHours(23.5) },
      { what: "bookinfo/b", expires: inHours(12.26) },
    ];
    expect(proxiesText(proxies, NOW)).toBe(
      "Of 2 proxies, the certificate of bookinfo/b expires first: in 12.3 h; each is renewed in the middle of its time.",
    );
  });

  it("are a matter of concern where one is not renewed, or says nothing", () => {
    const proxies = [
      { what: "bookinfo/a", expires: inHours(0.5) },
      { what: "bookinfo/b", expires: undefined },
    ];
    expect(proxiesText(proxies, NOW)).toMatch(
      /in 0\.5 h;.*\nIt should have been renewed.*\nNo certificate.*: bookinfo\/b$/,
    );
    expect(proxiesText([], NOW)).toBe("There are no proxies.");
  });
});
