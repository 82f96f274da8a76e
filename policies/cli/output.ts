import { writeAll } from "./descriptors.ts";
import { systemReason } from "./systemErrors.ts";

/** The report could not be shown. */
export class NotWritten extends Error {}

/**
 * Writes a report. A reader that has seen enough, as `head` has, is no mistake: what was found stays the same.
 *
 * @throws NotWritten if there is no room for it, for example
 */
export function print(text: string): void {
  try {
    writeAll(1, `${text}\n`);
  } catch (error) {
    if (isClosed(error)) return;
    throw new NotWritten(`the report can not be written: ${systemReason(error)}`, { cause: error });
  }
}

/** Writes a complaint. Where it can not be written, the exit code still says it. */
export function complain(text: string): void {
  try {
    writeAll(2, `${text}\n`);
  } catch {
    // There is nobody to tell.
  }
}

function isClosed(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EPIPE";
}
