import { globSync, lstatSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";

/** Files by the place where they really are, with the names by which they were found; or what is wrong with the entry. */
export type FoundFiles = { readonly files: ReadonlyMap<string, string> } | { readonly wrong: string };

/** A step out of the folder, or a path from the root of the disk, in any of the ways that braces give. */
const LEADS_OUT = /(^|[/\\{,])\.\.([/\\},]|$)|(^|[{,])[/\\]/;

/** A handful of braces can stand for more names than anybody has the time to look for. */
const TOO_MANY = /^.{257}|\{[^}]*\.\.|(\{[^{]*){4}/s;

/**
 * The files in a folder that a path or a pattern names. All of them have to be in it: others are not under review with
 * the project, and are other ones on another machine.
 */
export function filesInside(folder: string, pattern: string): FoundFiles {
  if (pattern.includes("\0")) return { wrong: "must be a path, which has no such character" };
  // Looked at first: a pattern that begins at the root would go through the whole disk.
  if (LEADS_OUT.test(pattern))
    return { wrong: "must stay in the folder of Pulumi.yaml: write a path without .. from there on" };
  // A file whose name looks like a pattern is taken by its name.
  const isName = isThere(join(folder, pattern));
  if (!isName && TOO_MANY.test(pattern)) {
    return { wrong: "must be a simpler pattern: at most 256 characters, three braces and no range in them" };
  }
  const names = isName ? [pattern] : globSync(pattern, { cwd: folder }).sort();
  if (names.length === 0) return { wrong: "names no file that is there" };
  const root = realpathSync(folder);
  const files = new Map<string, string>();
  for (const name of names) {
    const place = realPlace(join(root, name));
    if (!place.startsWith(root + sep)) {
      return {
        wrong: `must stay in the folder of Pulumi.yaml, and ${name} leads out of it: copy it to a place inside`,
      };
    }
    if (!files.has(place)) files.set(place, name);
  }
  return { files };
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Longer than a path can be.
    return false;
  }
}

/** Where a path leads by all its links; itself, where they lead nowhere, which whoever reads it will find. */
function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
