import type { Ground } from "./ground.ts";

/** Something that goes wrong, done to a mesh that works. */
export interface Fault {
  /** The name of the file in `seen/` that keeps what came of it. */
  readonly id: string;
  readonly what: string;
  /** Whether it begins without a mesh. */
  readonly withoutMesh?: boolean;
  /** How it ends, which `run` holds. */
  readonly ends: string;
  /** Does it, and holds what comes of it to what is promised. */
  readonly run: (ground: Ground) => Promise<Seen>;
}

/** What came of it. */
export interface Seen {
  /** What the user sees: in backticks what was printed, else in words. */
  readonly sees: string;
  /** Its numbers are those of one run. */
  readonly measured: string;
}

/** The line that a tool printed, without what differs from one run to the next. */
export function said(output: string, words: RegExp): string {
  const line = output.split("\n").find((each) => words.test(each));
  if (line === undefined) throw new Error(`nobody said ${String(words)}:\n${output}`);
  const [text] = words.exec(line) ?? [line];
  const steady = text
    .trim()
    .replace(/\(process \d+\)/g, "(process …)")
    .replace(/\bprocess \d+/g, "process …")
    .replace(/\/tmp\/[\w.-]+/g, "…")
    .replace(/\b[0-9a-f]{64}\b/g, "…")
    .replace(/127\.0\.0\.1:\d+|10\.250\.\d+\.\d+:\d+/g, "…")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, "…");
  // Words that hold a command in backticks stand between two of them.
  const quote = steady.includes("`") ? ["`` ", " ``"] : ["`", "`"];
  return quote.join(steady.replaceAll("|", "\\|"));
}
