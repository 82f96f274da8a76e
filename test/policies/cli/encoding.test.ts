import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textOf } from "../../../policies/cli/encoding.ts";

describe("the text of a file", () => {
  it("is what was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(textOf(Buffer.from(text))).toBe(text);
      }),
    );
  });

  it("is missed in the first line that has none", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), fc.uint8Array({ maxLength: 50 }), (lines, more) => {
        const before = Buffer.from(lines.map((line) => `a${line.replaceAll("\n", "")}\n`).join(""));
        const broken = Buffer.concat([before, Buffer.from([0x61, 0xff]), more]);
        expect(textOf(broken)).toMatchObject({ line: lines.length + 1 });
      }),
    );
  });

  it("is there or not, whatever the bytes are", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = textOf(Buffer.from(bytes));
        if (typeof text !== "string") expect(text.line).toBeGreaterThan(0);
      }),
    );
  });
});
