import { userInfo } from "node:os";
import { cacheFolder } from "./cache.ts";

/** What the system's answers mean to somebody who wants to go on. */
const MEANINGS: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: (path) => `no space left on the disk for ${path}: free some space, and try again`,
  EDQUOT: (path) => `disk quota exceeded for ${path}: free some space, and try again`,
  ENOENT: (path) => `${path} does not exist: check the name`,
  EISDIR: (path) => `${path} is a folder: name a file`,
  EROFS: (path) => `${path} is on a read-only disk: remount it as writable`,
  EACCES: (path) =>
    `${userWords()} has no permission to access ${path}: run this as its owner, or change the owner with chown`,
  EPERM: (path) =>
    `${userWords()} has no permission to access ${path}: run this as its owner, or change the owner with chown`,
};

/** An error in plain words; where the system has refused something, with the path and the way out. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return `unexpected error: ${String(error)}`;
  const { code = "", path } = error as NodeJS.ErrnoException;
  const meaning = MEANINGS[code];
  if (meaning === undefined || path === undefined) return error.message;
  const elsewhere = path.startsWith(`${cacheFolder()}/`) ? ", or set MESH_CACHE to another folder" : "";
  return `${meaning(path)}${elsewhere}`;
}

/** A user of a container may have a number only. */
function userWords(): string {
  try {
    return `the user ${userInfo().username}`;
  } catch {
    return `the user ${process.getuid?.() ?? ""}`;
  }
}
