// A cache that is handed on: an archive of entries, with a list that says for which machine they are and what they hold.
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../../lib/cache.ts";
import { run } from "../../lib/run.ts";
import { digestOf, LEFT_OUT } from "./digest.ts";

/** The first file of an archive. */
export const LIST = "mesh-cache.json";

/** Another number for what older checkouts cannot read. */
export const FORMAT = 1;

export interface List {
  readonly format: number;
  readonly platform: string;
  readonly arch: string;
  /** The digest of each entry. */
  readonly entries: Readonly<Record<string, string>>;
}

/** The same archive for the same entries, readable by everybody. */
const ALIKE = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mode=u+rw,a+rX,a-s"];

/**
 * Writes those of the entries that the cache has into an archive, which is there whole or not at all.
 * @returns their names
 */
export async function writeArchive(file: string, wanted: readonly string[]): Promise<string[]> {
  const entries = wanted.filter((name) => existsSync(join(cacheFolder(), name)));
  if (entries.length === 0) throw new Error(`the cache ${cacheFolder()} is empty: run \`make up\` first`);
  const folder = mkdtempSync(join(tmpdir(), "mesh-cache-"));
  const draft = `${file}.partial-${process.pid}`;
  try {
    const list: List = {
      format: FORMAT,
      platform: process.platform,
      arch: process.arch,
      entries: Object.fromEntries(entries.map((name) => [name, digestOf(join(cacheFolder(), name))])),
    };
    writeFileSync(join(folder, LIST), JSON.stringify(list, undefined, 2));
    const places = ["-C", folder, LIST, "-C", cacheFolder(), ...entries];
    await run("tar", [...ALIKE, `--exclude=${LEFT_OUT}`, "-cf", draft, ...places]);
    renameSync(draft, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(draft, { force: true });
  }
  return entries;
}
