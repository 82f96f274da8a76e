import { readFileSync } from "node:fs";
import { dump, load } from "js-yaml";
import { writeWhole } from "../../lib/wholeFile.ts";
import type { Stack } from "../stack/stack.ts";

interface StackFile {
  config: Record<string, unknown>;
}

/** Sets one key in the copy of the stack file that the engine reads. */
export function set(stack: Stack, key: string, value: unknown): void {
  const file = load(readFileSync(stack.file, "utf8")) as StackFile;
  file.config[key] = value;
  writeWhole(stack.file, dump(file));
}
