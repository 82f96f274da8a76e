import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";

/** A text to check, and the name that reports give it. */
export interface Input {
  readonly file: string;
  readonly content: string;
}

/** What stands for the standard input among the files. */
export const STANDARD_INPUT = "-";

/**
 * The contents of files, of all manifests in folders, and of the standard input.
 *
 * @throws Error if a file is not there, or can not be opened
 */
export function readInputs(names: readonly string[]): Input[] {
  const files = names.flatMap((name) => (name !== STANDARD_INPUT && isFolder(name) ? manifestsIn(name) : [name]));
  return [...new Set(files)].map((file) =>
    file === STANDARD_INPUT
      ? { file: "standard input", content: readFileSync(0, "utf8") }
      : { file, content: readFileSync(file, "utf8") },
  );
}

function isFolder(name: string): boolean {
  return statSync(name).isDirectory();
}

function manifestsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.split(path.sep).includes("node_modules"))
    .sort();
}
