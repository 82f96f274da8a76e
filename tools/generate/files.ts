import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { checkout } from "../stack/checkout.ts";

/** Files that are made from others, by their paths, each with what makes its text. */
export type Generated = Readonly<Record<string, () => Promise<string>>>;

/** @param files by their paths in the checkout; code is put into the layout of the project */
export function inCheckout(files: Readonly<Record<string, () => string | Promise<string>>>): Generated {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const file = join(checkout, name);
      return [file, async () => (file.endsWith(".md") ? text() : formatted(file, await text()))];
    }),
  );
}

async function formatted(file: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}
