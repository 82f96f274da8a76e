import { outcomeOf } from "./run.ts";

/** What the files and folders take up on the disk, in bytes; what is not there takes nothing. */
export async function diskUse(...paths: readonly string[]): Promise<number> {
  if (paths.length === 0) return 0;
  // Something may go while it is counted: then the rest is.
  const { stdout } = await outcomeOf("du", ["-sk", ...paths]);
  return stdout.split("\n").reduce((sum, line) => sum + 1024 * (Number.parseInt(line) || 0), 0);
}

/** A size in words: `120 MB`, `2.6 GB`. */
export const inBytes = (bytes: number): string =>
  bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
