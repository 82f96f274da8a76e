import { closeSync, openSync, realpathSync, statSync } from "node:fs";
import * as path from "node:path";
import picomatch from "picomatch";
import { readAll } from "./descriptors.ts";
import { passagesOf, type BrokenDocument } from "./documents.ts";
import { textOf } from "./encoding.ts";
import { manifestsIn, type Found } from "./folders.ts";
import { errorRemark, type Remark } from "./remarks.ts";
import { systemReason } from "./systemErrors.ts";

/** A text to check, and the name that reports give it. */
export interface Input {
  readonly file: string;
  readonly content: string;
}

export interface Inputs {
  readonly texts: readonly Input[];
  /** Files that hold no text, and what in a folder can not be read. */
  readonly broken: readonly BrokenDocument[];
  /** What is wrong with the names that were given. */
  readonly remarks: readonly Remark[];
}

/** What stands for the standard input among the files. */
const STANDARD_INPUT = "-";
/** The name that reports give it. */
export const STANDARD_INPUT_NAME = "standard input";

const BEGIN = { line: 1, column: 1 } as const;

/** In bytes. Node's memory ends at about four times as much; objects that Kubernetes takes are at most 1.5 MB each. */
const MOST = 50_000_000;
/** So many times as much a file may have with the definitions in it, which are not kept. */
const WITH_DEFINITIONS = 4;

/**
 * The texts of files, of all manifests in folders, and of the standard input. What can not be read does not end the reading.
 *
 * @param exclude globs of files and folders in the folders that are left out
 */
export function readInputs(names: readonly string[], exclude: readonly string[] = [], most = MOST): Inputs {
  const texts: Input[] = [];
  const broken: BrokenDocument[] = [];
  const remarks: Remark[] = [];
  const seen = new Set<string>();
  let left = most;

  const read = (file: string) => {
    const name = nameOf(file);
    const bytes = readFile(file, WITH_DEFINITIONS * most);
    const text = bytes === undefined ? { ...BEGIN, reason: tooMuch(most) } : textOf(bytes);
    if (typeof text !== "string") {
      broken.push({ file: name, ...text });
      return;
    }
    const size = (bytes?.length ?? 0) - definitionBytes(text);
    if (size > left) {
      broken.push({ file: name, ...BEGIN, reason: tooMuch(most) });
      return;
    }
    left -= size;
    texts.push({ file: name, content: text });
  };
  const readFound = ({ file, reason }: Found) => {
    try {
      if (reason === undefined) read(file);
      else broken.push({ file, ...BEGIN, reason });
    } catch (error) {
      broken.push({ file, ...BEGIN, reason: `the file can not be read: ${systemReason(error)}` });
    }
  };
  const readNamed = (name: string) => {
    try {
      read(name);
    } catch (error) {
      remarks.push(errorRemark(`${nameOf(name)}: ${systemReason(error)}`));
    }
  };
  const isNew = (file: string) => seen.size < seen.add(identity(file)).size;

  for (const name of names) {
    if (!isFolder(name)) {
      if (isNew(name)) readNamed(name);
      continue;
    }
    const isExcluded = excluder(name, exclude);
    const found = manifestsIn(name).filter(({ file }) => !isExcluded(file));
    if (found.length === 0) remarks.push(errorRemark(`${name}: no file in this folder ends in .yaml, .yml or .json`));
    for (const each of found) if (isNew(each.file)) readFound(each);
  }
  return { texts, broken, remarks };
}

/** What a definition of a kind begins a line with, or a text of JSON. No rule looks at one, and a folder can have 100 MB of them. */
const DEFINITION =
  /^kind:[ \t]*["']?CustomResourceDefinition\b|^\s*\{\s*(?:"apiVersion"\s*:\s*"[^"]*"\s*,\s*)?"kind"\s*:\s*"CustomResourceDefinition"/m;

function definitionBytes(text: string): number {
  if (!text.includes("CustomResourceDefinition")) return 0;
  return passagesOf(text)
    .filter((passage) => DEFINITION.test(passage))
    .reduce((sum, passage) => sum + Buffer.byteLength(passage), 0);
}

/** Whether a file, or a folder that it is in, fits one of the globs, from the named folder on or as it is named. */
function excluder(folder: string, globs: readonly string[]): (file: string) => boolean {
  if (globs.length === 0) return () => false;
  const fits = picomatch(
    globs.flatMap((glob) => [glob, `${glob}/**`]),
    { dot: true },
  );
  return (file) => fits(path.relative(folder, file)) || fits(path.normalize(file));
}

function nameOf(file: string): string {
  if (file === "") return "an empty name";
  return file === STANDARD_INPUT ? STANDARD_INPUT_NAME : file;
}

function isFolder(name: string): boolean {
  try {
    return name !== STANDARD_INPUT && statSync(name).isDirectory();
  } catch {
    // Reading it says why.
    return false;
  }
}

/** The same for all names of one file. */
function identity(file: string): string {
  try {
    return file === STANDARD_INPUT ? file : realpathSync(file);
  } catch {
    return file;
  }
}

function readFile(file: string, most: number): Buffer | undefined {
  if (file === STANDARD_INPUT) return readAll(0, most);
  const descriptor = openSync(file, "r");
  try {
    return readAll(descriptor, most);
  } finally {
    closeSync(descriptor);
  }
}

function tooMuch(most: number): string {
  return `more than ${most / 1_000_000} MB can not be checked at once: split the file, or name fewer of them`;
}
