import { userInfo } from "node:os";
import { cacheFolder } from "./cache.ts";

/** What the system's answers mean to somebody who wants to go on. */
const MEANINGS: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: (path) => `there is no room left on the disk for ${path}: make some, and run this again`,
  EDQUOT: (path) => `your share of the disk is used up, and ${path} has no room: make some, and run this again`,
  EROFS: (path) => `${path} is on a disk that can only be read: mount it so that it can be written`,
  EACCES: (path) => `${userWords()} may not touch ${path}: run this as its owner, or give it to that user with chown`,
  EPERM: (path) => `${userWords()} may not touch ${path}: run this as its owner, or give it to that user with chown`,
};

/** An error in plain words; where the system has refused something, with the path and the way out. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return `something unexpected went wrong: ${String(error)}`;
  const { code = "", path } = error as NodeJS.ErrnoException;
  const meaning = MEANINGS[code];
  if (meaning === undefined || path === undefined) return error.message;
  const elsewhere = path.startsWith(`${cacheFolder()}/`) ? ", or name another folder in MESH_CACHE" : "";
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
