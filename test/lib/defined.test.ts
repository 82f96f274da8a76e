import { expect, it } from "vitest";
import { defined } from "../../lib/defined";

it("undefined fields are left out, and all others stay", () => {
  const fields: { readonly a?: number; readonly b?: boolean; readonly c?: string | null } = defined({
    a: undefined,
    b: false,
    c: null,
  });
  expect(Object.entries(fields)).toEqual([
    ["b", false],
    ["c", null],
  ]);
});
