import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import * as path from "node:path";
import { isKustomization } from "./kustomize.ts";
import { systemReason } from "./systemErrors.ts";

/** A file of a folder, or what is said of one that can not be read. */
export interface Found {
  readonly file: string;
  readonly reason?: string;
}

/**
 * The manifests in a folder and in those below it. A link is what it leads to; a folder is read once, by whatever names it is
 * reached.
 */
export function manifestsIn(folder: string): Found[] {
  return [...walk(folder, new Set())].sort((one, other) => (one.file < other.file ? -1 : 1));
}

function* walk(folder: string, seen: Set<string>): Generator<Found> {
  let entries: Dirent[];
  try {
    const real = realpathSync(folder);
    if (seen.has(real)) return;
    seen.add(real);
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { file: folder, reason: `the folder can not be read: ${systemReason(error)}` };
    return;
  }
  // What a link leads to has its own name first.
  entries.sort((one, other) => Number(one.isSymbolicLink()) - Number(other.isSymbolicLink()));
  for (const entry of entries) yield* inspect(path.join(folder, entry.name), entry, seen);
}

const LEFT_OUT = new Set(["node_modules", ".git"]);

function* inspect(file: string, entry: Dirent, seen: Set<string>): Generator<Found> {
  const isManifest = /\.(ya?ml|json)$/i.test(entry.name) || isKustomization(file);
  try {
    const target = entry.isSymbolicLink() ? statSync(file) : entry;
    if (target.isDirectory()) {
      if (!LEFT_OUT.has(entry.name)) yield* walk(file, seen);
    } else if (!isManifest) return;
    else if (target.isFile()) yield { file };
    else yield { file, reason: "this is a pipe, a socket or a device, not a file" };
  } catch (error) {
    if (isManifest) yield { file, reason: `the link can not be followed: ${systemReason(error)}` };
  }
}
