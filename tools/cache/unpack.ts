// The other end of an archive: what the cache lacks of it is unpacked beside the cache's entries, checked, and moved to its place.
// Runs before the right Node and before anything slow: it uses what Node itself brings, and tar.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder, partialOf } from "../../lib/cache.ts";
import { isLasting, UNPACKED } from "../../lib/cacheEntries.ts";
import { FORMAT, LIST, type List } from "./archive.ts";
import { digestOf } from "./digest.ts";

/**
 * Takes over the entries that the cache lacks from an archive that `writeArchive` has made. What is there stays as it is.
 * @returns their names
 * @throws Error that says why the archive is refused; then nothing of it is kept
 */
export function unpackArchive(file: string): string[] {
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  const list = listOf(file);
  const missing = Object.keys(list.entries).filter((name) => !existsSync(join(cacheFolder(), name)));
  if (missing.length === 0) return [];
  refuseNamesOutside(file);
  const folder = partialOf(join(cacheFolder(), UNPACKED));
  try {
    mkdirSync(folder);
    tar(file, "-x", "--no-same-owner", "-C", folder, ...missing);
    for (const name of missing) check(file, name, join(folder, name), list.entries[name] ?? "");
    for (const name of missing) {
      const place = join(cacheFolder(), name);
      mkdirSync(dirname(place), { recursive: true });
      // Another process may have been faster; both have the same.
      if (!existsSync(place)) renameSync(join(folder, name), place);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return missing;
}

/** The list of the archive, of this kind of machine and with names of the cache alone. */
function listOf(file: string): List {
  const list = parsed(tar(file, "-x", "--to-stdout", "--occurrence=1", LIST));
  if (list?.format !== FORMAT || typeof list.entries !== "object") throw new Error(`${file} ${NOT_ONE_OF_OURS}`);
  const [here, there] = [process, list].map(({ platform, arch }) => `${platform} on ${arch}`);
  if (here !== there) throw new Error(`${file} is for ${there ?? ""}, and this is ${here ?? ""}`);
  const foreign = Object.keys(list.entries).find((name) => !isLasting(name));
  if (foreign !== undefined) throw new Error(`${file} names ${JSON.stringify(foreign)}, which is not a cache entry`);
  return list;
}

const NOT_ONE_OF_OURS = "is not an archive of this version of `make cache-export`";

function parsed(text: string): List | undefined {
  try {
    return JSON.parse(text) as List;
  } catch {
    return undefined;
  }
}

/** tar itself writes nothing outside, but takes such names for others in silence. */
function refuseNamesOutside(file: string): void {
  const names = tar(file, "-t", "--absolute-names", "--quoting-style=escape").split("\n");
  const outside = names.find((name) => name.startsWith("/") || name.split("/").includes(".."));
  if (outside !== undefined) throw new Error(`${file} holds ${outside}, a path outside the cache`);
}

function check(file: string, name: string, place: string, expected: string): void {
  if (digestOf(place) !== expected) throw new Error(`${file} is damaged: ${name} differs from the packed file`);
}

function tar(file: string, ...args: string[]): string {
  const options = { encoding: "utf8", maxBuffer: 2 ** 28, env: { ...process.env, LC_ALL: "C" } } as const;
  const { status, stdout, stderr, error } = spawnSync("tar", ["-f", file, ...args], options);
  if (error) throw error;
  if (status === 0) return stdout;
  const [words = ""] = stderr.trim().split("\n");
  throw new Error(`${file} cannot be unpacked (${words}): it is damaged, or ${NOT_ONE_OF_OURS.replace("is ", "")}`);
}
