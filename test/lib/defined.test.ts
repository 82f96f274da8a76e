import { expect, it } from "vitest";
import { defined } from "../../lib/defined.ts";

it("undefined fields are left out, and all others stay", () => {
  interface Fields {
    readonly a?: number;
    readonly b?: boolean;
    readonly c?: string | null;
  }
  const fields = defined<Fields>({ a: undefined, b: false, c: null });
  expect(Object.entries(fields)).toEqual([
    ["b", false],
    ["c", null],
  ]);
});
