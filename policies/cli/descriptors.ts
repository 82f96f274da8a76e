import { readSync, writeSync } from "node:fs";

const CHUNK = 65_536;

/**
 * Reads what an open file, or the standard input, still holds.
 *
 * @returns nothing if it is more than a number of bytes
 * @throws the system's error
 */
export function readAll(descriptor: number, most: number): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let left = most; left >= 0;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const length = patiently(() => readSync(descriptor, chunk));
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, length));
    left -= length;
  }
  return undefined;
}

/**
 * Writes all of a text before it returns: one call of the system may take less of it than there is, without a word.
 *
 * @throws the system's error
 */
export function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    const length = patiently(() => writeSync(descriptor, rest));
    rest = rest.subarray(length);
  }
}

/** Another program that has the same terminal or pipe can make the system say "again" where it would wait. */
function patiently(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
