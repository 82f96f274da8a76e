import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { isRunning } from "./running";

/**
 * Where everything slow to make is kept, outside the checkout; any entry can be deleted at any time.
 * @default - `mesh-testbed` in the user's cache folder; `MESH_CACHE` names another
 */
export function cacheFolder(): string {
  // One that is empty counts as not set, as it does in the scripts.
  const chosen = (name: string) => (process.env[name] === "" ? undefined : process.env[name]);
  return resolve(chosen("MESH_CACHE") ?? join(chosen("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "mesh-testbed"));
}

/** The entry `name` of the cache, made by `make` if it is not there. A half-made entry never counts. */
export async function cached(name: string, make: (target: string) => Promise<void>): Promise<string> {
  const entry = join(cacheFolder(), name);
  if (existsSync(entry)) return entry;
  mkdirSync(dirname(entry), { recursive: true });
  removeLeftovers(entry);
  const partial = `${entry}.partial-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  await make(partial);
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

/** What runs that were killed have left of this entry. */
function removeLeftovers(entry: string): void {
  const prefix = `${basename(entry)}.partial-`;
  for (const name of readdirSync(dirname(entry))) {
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length)))) {
      rmSync(join(dirname(entry), name), { recursive: true, force: true });
    }
  }
}
