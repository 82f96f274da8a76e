import { createHash } from "node:crypto";
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** What Python keeps beside its modules differs from run to run, and is in no archive. */
export const LEFT_OUT = "__pycache__";

/**
 * A checksum over the names, kinds and contents of an entry of the cache, and over which of its files are programs.
 * @throws Error if it holds a link that leads out of it, or anything that is neither file, folder nor link
 */
export function digestOf(entry: string): string {
  const hash = createHash("sha256");
  const add = (path: string) => {
    const stat = lstatSync(path);
    const name = relative(entry, path);
    if (stat.isDirectory()) {
      hash.update(`folder ${name}\0`);
      for (const inner of readdirSync(path).sort()) if (inner !== LEFT_OUT) add(join(path, inner));
    } else if (stat.isFile()) {
      hash.update(`file ${name}\0${stat.mode & 0o100 ? "program" : ""}\0${contentDigest(path)}\0`);
    } else if (stat.isSymbolicLink()) {
      const target = readlinkSync(path);
      if (isAbsolute(target) || !isInside(entry, resolve(dirname(path), target)))
        throw new Error(`${path} points outside the cache, to ${target}`);
      hash.update(`link ${name}\0${target}\0`);
    } else throw new Error(`${path} is neither a file nor a folder nor a link`);
  };
  add(entry);
  return hash.digest("hex");
}

const isInside = (folder: string, path: string): boolean => path === folder || path.startsWith(`${folder}${sep}`);

function contentDigest(file: string): string {
  const hash = createHash("sha256");
  const buffer = Buffer.alloc(2 ** 20);
  const descriptor = openSync(file, "r");
  try {
    for (let size = 1; size > 0;) {
      size = readSync(descriptor, buffer);
      hash.update(buffer.subarray(0, size));
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest("hex");
}
