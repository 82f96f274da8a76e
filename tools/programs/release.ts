// Official releases: downloaded for this platform and checked against the checksum that their makers publish.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cached, cacheFolder } from "../../lib/cache.ts";
import { say, step } from "../../lib/progress.ts";
import { run } from "../../lib/run.ts";

/** How long a host may take to answer at all, and to go on with what it sends, in milliseconds. */
const PATIENCE = 10_000;
/** The same for a host that did not answer the last time: most likely it will not this time. */
const LITTLE_PATIENCE = 2_000;
/** For so long a host that did not answer is not asked again. */
const REMEMBERED = 24 * 3600 * 1000;

export interface Release {
  readonly name: string;
  readonly version: string;
  /** Address of the archive, a `.tar.gz`. */
  readonly archive: string;
  /** Address of the file that lists its SHA-256 checksum. */
  readonly checksums: string;
  /** Folder inside the archive that holds the programs. */
  readonly folder: string;
}

/** The release's entry in the cache. */
export const releaseEntry = ({ name, version }: Release): string => `releases/${name}-${version}`;

/**
 * The folder with the release's programs; undefined where its host cannot be reached, or does not hand them over.
 * @param patience how long the host may be silent, in milliseconds
 * @throws Error if the archive does not have its published checksum
 */
export async function release(wanted: Release, patience = PATIENCE): Promise<string | undefined> {
  const { name, version, archive, checksums, folder } = wanted;
  const entry = releaseEntry(wanted);
  if (existsSync(join(cacheFolder(), entry))) return join(cacheFolder(), entry, folder);
  if (!(await reachable(checksums, patience))) return undefined;
  try {
    const unpacked = await cached(entry, (target) =>
      step(`fetching ${name} ${version}`, async () => {
        const [bytes, list] = await Promise.all([download(archive, patience), download(checksums, patience)]);
        check(bytes, list.toString(), archive);
        mkdirSync(target, { recursive: true });
        const file = join(target, "archive.tar.gz");
        writeFileSync(file, bytes);
        await run("tar", ["-xzf", file, "-C", target]);
        rmSync(file);
      }),
    );
    return join(unpacked, folder);
  } catch (error) {
    if (!(error instanceof NotHandedOver)) throw error;
    say(`${error.message}: continuing without it`);
    forgetFor(error.address);
    return undefined;
  }
}

/** Whether the host of the address answers. One that does not is asked once a day. */
export async function reachable(address: string, patience = PATIENCE): Promise<boolean> {
  const stamp = stampOf(address);
  const before = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs;
  if (before !== undefined && Date.now() - before < REMEMBERED) return false;
  try {
    const limit = before === undefined ? patience : Math.min(patience, LITTLE_PATIENCE);
    await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(limit) });
    rmSync(stamp, { force: true });
    return true;
  } catch {
    say(`${new URL(address).host} is unreachable from here`);
    forgetFor(address);
    return false;
  }
}

const stampOf = (address: string): string =>
  join(cacheFolder(), "unreachable", new URL(address).host.replace(":", "-"));

/** The host is not asked again for a day. */
function forgetFor(address: string): void {
  mkdirSync(join(cacheFolder(), "unreachable"), { recursive: true });
  writeFileSync(stampOf(address), "");
}

/** The host is there, but what was asked of it has not come, or not whole. */
class NotHandedOver extends Error {
  readonly address: string;

  constructor(address: string, why: string) {
    super(`${address} ${why}`);
    this.address = address;
  }
}

async function download(address: string, patience: number): Promise<Buffer> {
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort();
  }, patience);
  try {
    const response = await fetch(address, { signal: silence.signal });
    if (!response.ok) throw new NotHandedOver(address, `answers ${response.status}`);
    const parts: Uint8Array[] = [];
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      parts.push(part);
      timer.refresh();
    }
    return Buffer.concat(parts);
  } catch (error) {
    if (error instanceof NotHandedOver) throw error;
    throw new NotHandedOver(
      address,
      silence.signal.aborted
        ? `sent no data for ${patience / 1000} s`
        : "is incomplete: the connection was interrupted",
    );
  } finally {
    clearTimeout(timer);
  }
}

function check(bytes: Buffer, list: string, address: string): void {
  const name = address.split("/").pop() ?? "";
  const lines = list.split("\n").map((line) => line.trim().split(/\s+/));
  const [published] = lines.find(([, file = ""]) => file.replace(/^\*/, "") === name) ?? [];
  if (published !== createHash("sha256").update(bytes).digest("hex")) {
    throw new Error(`${address} does not match its published checksum, and was not used; try again later`);
  }
}
