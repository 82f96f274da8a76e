import type { Failure } from "./check.ts";

/** What is said of a rule that failed. */
export function failureText({ rule, error }: Failure): string {
  return mistakeText(`the rule ${rule}`, error, "; the other rules were held");
}

/** What is said where the program itself fails. */
export function crashText(error: unknown): string {
  return mistakeText("it", error);
}

/** The words of an error can quote the file that was read, which may hold secrets: only who asks for them gets them. */
function mistakeText(what: string, error: unknown, more = ""): string {
  if (process.env.DEBUG) return `${what} failed: ${error instanceof Error ? (error.stack ?? "") : String(error)}`;
  const name = error instanceof Error ? error.name : typeof error;
  return `${what} failed, which is a mistake in it (${name})${more}: DEBUG=1 shows where, and may quote your files`;
}
