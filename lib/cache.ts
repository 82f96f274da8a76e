import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { HALF_MADE } from "./cacheEntries.ts";
import { isRunning } from "./running.ts";

/**
 * Where everything slow to make is kept, outside the checkout; any entry can be deleted at any time.
 * @default - `mesh-testbed` in the user's cache folder; `MESH_CACHE` names another
 */
export function cacheFolder(): string {
  // One that is empty counts as not set, as it does in the scripts.
  const chosen = (name: string) => (process.env[name] === "" ? undefined : process.env[name]);
  return resolve(chosen("MESH_CACHE") ?? join(chosen("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "mesh-testbed"));
}

const made: string[] = [];

/** The entries that this process has made. */
export const madeHere = (): readonly string[] => made;

/**
 * The entry `name` of the cache, made by `make` if it is not there. A half-made entry never counts.
 * @throws Error of the system, where this user may not read it
 */
export async function cached(name: string, make: (target: string) => Promise<void>): Promise<string> {
  const entry = join(cacheFolder(), name);
  if (existsSync(entry)) {
    // Another user may have made it for nobody else.
    accessSync(entry, constants.R_OK);
    return entry;
  }
  const partial = partialOf(entry);
  try {
    await make(partial);
  } catch (error) {
    removeLeftovers(entry);
    throw error;
  }
  made.push(name);
  // Another checkout may have been faster; both made the same.
  if (existsSync(entry)) rmSync(partial, { recursive: true, force: true });
  else renameSync(partial, entry);
  return entry;
}

/** A short name for the contents: the same parts, the same key. */
export function keyOf(...parts: (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(String(part.length)).update("\0").update(part);
  return hash.digest("hex").slice(0, 12);
}

/** Where this process makes the entry; what runs that were killed have left of it is gone. */
export function partialOf(entry: string): string {
  mkdirSync(dirname(entry), { recursive: true });
  removeLeftovers(entry);
  return `${entry}.partial-${process.pid}`;
}

/** The process that makes what is called so; undefined where the name is that of a whole entry. */
export function makerOf(name: string): number | undefined {
  const [, pid] = HALF_MADE.exec(name) ?? [];
  return pid === undefined ? undefined : Number(pid);
}

/** Removes what runs that were killed have left of this entry, and what this process itself has. */
export function removeLeftovers(entry: string): void {
  for (const name of readdirSync(dirname(entry))) {
    const maker = name.startsWith(`${basename(entry)}.partial-`) ? makerOf(name) : undefined;
    if (maker === undefined || (maker !== process.pid && isRunning(maker))) continue;
    rmSync(join(dirname(entry), name), { recursive: true, force: true });
  }
}
