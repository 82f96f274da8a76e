// Files that are whole or not there: what a full disk or a killed run interrupts is never taken for the file.
import { closeSync, fstatSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isRunning } from "./running.ts";

export interface WriteOptions {
  /** @default 0o600 - for its owner's eyes */
  readonly mode?: number;
}

/**
 * Writes a file in one step: beside its place first, down to the disk, then under its name. Until then, and where that
 * fails, the file stays what it was.
 */
export function writeWhole(file: string, content: string | Uint8Array, { mode = 0o600 }: WriteOptions = {}): void {
  const draft = draftOf(file);
  removeDrafts(file);
  try {
    writeThrough(draft, content, mode);
    takeOver(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw named(error, file);
  }
}

/** Puts a draft in the place of a file. Both lie on the same file system, and the draft is whole. */
export function takeOver(draft: string, file: string): void {
  throughToDisk(draft);
  renameSync(draft, file);
  throughToDisk(dirname(file));
}

/** Where this process makes what is to become the file. */
export const draftOf = (file: string): string => `${file}.new-${process.pid}`;

/** Removes what runs that were killed have left of a file, and what this process itself has. */
export function removeDrafts(file: string): void {
  for (const name of readdirSync(dirname(file))) {
    if (!name.startsWith(`${basename(file)}.new-`)) continue;
    const pid = Number(/\d+$/.exec(name)?.[0]);
    if (pid === process.pid || !isRunning(pid)) rmSync(join(dirname(file), name), { recursive: true, force: true });
  }
}

function writeThrough(draft: string, content: string | Uint8Array, mode: number): void {
  const descriptor = openSync(draft, "wx", mode);
  try {
    writeFileSync(descriptor, content);
    const { size } = fstatSync(descriptor);
    if (size !== Buffer.byteLength(content)) throw new Error(`only ${size} bytes of ${draft} were written`);
  } finally {
    closeSync(descriptor);
  }
}

/** Some file systems keep folders in no cache, and say that there is nothing to bring to the disk. */
const NOTHING_TO_DO = ["EINVAL", "ENOTSUP"];

/** What the name stands for, a file or a folder, outlives a loss of power from now on. */
function throughToDisk(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!NOTHING_TO_DO.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Errors of writing know only a descriptor: the file is what says where room is missing. */
function named(error: unknown, file: string): unknown {
  return error instanceof Error ? Object.assign(error, { path: file }) : error;
}
