// Official releases: downloaded for this platform and checked against the checksum that their makers publish.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cached, cacheFolder } from "../../lib/cache";
import { say, step } from "../../lib/progress";
import { run } from "../../lib/run";

/** How long a host may take to answer at all. */
const PATIENCE = 10_000;
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

/**
 * The folder with the release's programs; undefined where its host cannot be reached.
 * @throws Error if the archive does not have its published checksum
 */
export async function release(wanted: Release): Promise<string | undefined> {
  const { name, version, archive, checksums, folder } = wanted;
  const entry = `releases/${name}-${version}`;
  if (!existsSync(join(cacheFolder(), entry)) && !(await reachable(checksums))) return undefined;
  const unpacked = await cached(entry, (target) =>
    step(`fetching ${name} ${version}`, async () => {
      const [bytes, list] = await Promise.all([download(archive), download(checksums)]);
      check(bytes, list.toString(), archive);
      mkdirSync(target, { recursive: true });
      const file = join(target, "archive.tar.gz");
      writeFileSync(file, bytes);
      await run("tar", ["-xzf", file, "-C", target]);
      rmSync(file);
    }),
  );
  return join(unpacked, folder);
}

/** Whether the host of the address answers. One that does not is asked once a day. */
export async function reachable(address: string): Promise<boolean> {
  const { host } = new URL(address);
  const stamp = join(cacheFolder(), "unreachable", host.replace(":", "-"));
  if (existsSync(stamp) && Date.now() - statSync(stamp).mtimeMs < REMEMBERED) return false;
  try {
    await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(PATIENCE) });
    rmSync(stamp, { force: true });
    return true;
  } catch {
    say(`${host} cannot be reached from here`);
    mkdirSync(join(cacheFolder(), "unreachable"), { recursive: true });
    writeFileSync(stamp, "");
    return false;
  }
}

async function download(address: string): Promise<Buffer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

function check(bytes: Buffer, list: string, address: string): void {
  const name = address.split("/").pop() ?? "";
  const [published] =
    list
      .split("\n")
      .find((line) => line.trim().endsWith(name))
      ?.trim()
      .split(/\s+/) ?? [];
  if (published !== createHash("sha256").update(bytes).digest("hex")) {
    throw new Error(`${address} does not have its published checksum: nothing of it was used; try again later`);
  }
}
