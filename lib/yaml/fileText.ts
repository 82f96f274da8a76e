import { readFileSync, statSync } from "node:fs";
import { countLines } from "./lenient.ts";
import type { YamlProblem } from "./values.ts";

/** A file that is larger is not even opened. */
const LARGEST = 64 * 2 ** 20;

/** The text of a file, or why there is none. */
export function fileText(file: string): { readonly text: string } | { readonly problem: YamlProblem } {
  const problem = (reason: string) => ({ problem: { path: [], reason } });
  try {
    const status = statSync(file);
    if (status.isDirectory()) return problem("is a folder: name the files in it");
    // A pipe would be waited for without end.
    if (!status.isFile()) return problem("is no file that can be read");
    if (status.size > LARGEST) return problem(`is larger than ${LARGEST / 2 ** 20} MiB`);
    return decodedText(readFileSync(file));
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    return problem(WHY_NOT[code] ?? `cannot be read (${code})`);
  }
}

const WHY_NOT: Readonly<Partial<Record<string, string>>> = {
  ENOENT: "is not there, or is a link that leads nowhere",
  ELOOP: "is a link that leads to itself",
  EACCES: "cannot be read: its permissions forbid it",
};

const SAVE_AS = "save it as UTF-8";

function decodedText(bytes: Buffer): { readonly text: string } | { readonly problem: YamlProblem } {
  const whole = (reason: string) => ({ problem: { path: [], reason } });
  if (/^(fffe|feff|0000feff)/.test(bytes.subarray(0, 4).toString("hex"))) return whole(`is not UTF-8: ${SAVE_AS}`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return whole(`is not UTF-8: ${SAVE_AS}`);
  }
  const [foreign] = FOREIGN.exec(text) ?? [];
  if (foreign === undefined) return { text };
  if (foreign === "\0") return whole(`is not UTF-8, or no text: ${SAVE_AS}`);
  const offset = text.indexOf(foreign);
  const code = (foreign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const reason = `has the invisible character U+${code}, which Pulumi does not read as it stands: leave it out, or write it as an escape in double quotes`;
  return { problem: { line: 1 + countLines(text, offset), path: [], reason } };
}

/** Control characters, and those that older YAML takes for the end of a line. */
// eslint-disable-next-line no-control-regex
const FOREIGN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)/;
