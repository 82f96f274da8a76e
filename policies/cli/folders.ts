import { readdirSync, statSync, type Dirent } from "node:fs";
import * as path from "node:path";
import { systemReason } from "./systemErrors.ts";

/** A file of a folder, or what is said of one that can not be read. */
export interface Found {
  readonly file: string;
  readonly reason?: string;
}

/**
 * The manifests in a folder and in those below it. As for kubectl, a link to a file is that file, and one to a folder is not
 * followed.
 */
export function manifestsIn(folder: string): Found[] {
  return [...walk(folder)].sort((one, other) => (one.file < other.file ? -1 : 1));
}

function* walk(folder: string): Generator<Found> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { file: folder, reason: `the folder can not be read: ${systemReason(error)}` };
    return;
  }
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules") yield* walk(file);
    } else if (/\.(ya?ml|json)$/i.test(entry.name)) {
      yield* inspect(file, entry);
    }
  }
}

function* inspect(file: string, entry: Dirent): Generator<Found> {
  try {
    const target = entry.isSymbolicLink() ? statSync(file) : entry;
    if (target.isFile()) yield { file };
    else if (!target.isDirectory()) yield { file, reason: "this is a pipe, a socket or a device, not a file" };
  } catch (error) {
    yield { file, reason: `the link can not be followed: ${systemReason(error)}` };
  }
}
