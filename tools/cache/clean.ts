// What the cache holds, and what of it can go.
import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, makerOf } from "../../lib/cache.ts";
import { isOurs } from "../../lib/cacheEntries.ts";
import { diskUse } from "../../lib/diskUse.ts";
import { run } from "../../lib/run.ts";
import { isRunning } from "../../lib/running.ts";
import { instanceFolders } from "../../testbed/instance.ts";
import { inUse } from "./inUse.ts";

/** Folders of the cache that hold several entries; the inner ones first. */
const SHELVES = ["pulumi-home/plugins", "pulumi-home", "programs", "images", "releases", "stand-ins", "instances"];

/** What no version has a part in, and which comes back within seconds: kept, unless everything goes. */
const SMALL = /^(unreachable$|mesh-check-|pulumi-home\/workspaces$)/;

/** What the entries are to people, by the beginning of their names. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ["left incomplete by interrupted runs", /\.partial-/],
  ["testbeds", /^instances\//],
  ["programs", /^(programs|releases|node-)/],
  ["images", /^images\//],
  ["Go's compile cache", /^go-build$/],
  ["downloads of Go and npm", /^(go-path|npm-cache)$/],
  ["translated modules and logs", /^(compiled|compiled-js|pulumi-home\/logs|mesh-check-.*)$/],
  ["packages, charts and the rest", /./],
];

export interface Cleaning {
  /** What each part takes before, and what of it has gone, in bytes. */
  readonly parts: readonly { readonly name: string; readonly held: number; readonly freed: number }[];
  readonly freed: number;
  readonly left: number;
}

/**
 * Frees what the versions of this checkout do not need of the cache, or everything; never what a testbed or another process
 * runs from.
 */
export async function cleanCache(needed: readonly string[], everything = false): Promise<Cleaning> {
  const entries = entriesHere();
  const keep = keeper(needed, everything, entries);
  const before = await usedBy(entries);
  for (const entry of entries) if (!keep(entry)) await remove(entry);
  const after = await usedBy(entriesHere());
  for (const shelf of SHELVES) removeIfEmpty(join(cacheFolder(), shelf));
  const parts = PARTS.map(([name], part) => {
    const held = before[part] ?? 0;
    return { name, held, freed: Math.max(0, held - (after[part] ?? 0)) };
  }).filter(({ held }) => held > 0);
  const sum = (numbers: number[]) => numbers.reduce((one, other) => one + other, 0);
  return { parts, freed: sum(parts.map(({ freed }) => freed)), left: sum(after) };
}

/** Whether an entry stays. */
function keeper(needed: readonly string[], everything: boolean, entries: readonly string[]): (name: string) => boolean {
  const used = inUse(entries.map(pathOf));
  const testbeds = instanceFolders();
  return (name) => {
    const maker = makerOf(name);
    if (maker !== undefined) return isRunning(maker);
    if (used.includes(pathOf(name)) || testbeds.includes(pathOf(name))) return true;
    return !everything && (needed.includes(name) || SMALL.test(name));
  };
}

const pathOf = (name: string): string => join(cacheFolder(), name);

/** The names of all that the project has put into the cache. */
function entriesHere(): string[] {
  const on = (shelf: string) => {
    const folder = pathOf(shelf);
    return existsSync(folder) ? readdirSync(folder).map((name) => join(shelf, name)) : [];
  };
  return ["", ...SHELVES].flatMap(on).filter(isOurs);
}

/** What the entries of each part take. */
function usedBy(entries: readonly string[]): Promise<number[]> {
  const partOf = (name: string) => PARTS.findIndex(([, pattern]) => pattern.test(name));
  return Promise.all(PARTS.map((_, part) => diskUse(...entries.filter((name) => partOf(name) === part).map(pathOf))));
}

async function remove(entry: string): Promise<void> {
  // Go makes the folders of its modules read-only.
  if (entry === "go-path") await run("chmod", ["-R", "u+w", pathOf(entry)]);
  rmSync(pathOf(entry), { recursive: true, force: true, maxRetries: 5 });
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}
