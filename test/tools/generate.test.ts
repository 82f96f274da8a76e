import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { describe, expect, it } from "vitest";
import { generated } from "../../tools/generate/generated.ts";
import { checkout } from "../../tools/stack/checkout.ts";

describe("what is made from other files", () => {
  it.each(Object.keys(generated).map((file) => [relative(checkout, file), file]))(
    "%s is current; if not: make generate",
    async (_name, file) => {
      expect(readFileSync(file, "utf8")).toBe(await generated[file]?.());
    },
  );
});
