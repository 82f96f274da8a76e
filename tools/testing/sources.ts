import { step } from "../../lib/progress.ts";
import { runHere } from "./runHere.ts";

/** In the folder of the packages, so that another version of them starts anew. */
const CACHE = "node_modules/.cache";

interface SourceOptions {
  /**
   * Whether only what has changed since the last look is looked at.
   * @default false
   */
  readonly cached?: boolean;
}

/**
 * Style, layout, spelling and types of all that stands in this checkout, side by side and each to its end.
 * @throws Error that names those which found problems
 */
export async function checkSources({ cached = false }: SourceOptions = {}): Promise<void> {
  const keep = (...args: string[]) => (cached ? args : []);
  const checks = {
    style: ["eslint", ".", ...keep("--cache", "--cache-strategy", "content", "--cache-location", `${CACHE}/eslint/`)],
    types: ["tsc", "--noEmit", ...keep("--incremental", "--tsBuildInfoFile", `${CACHE}/tsc.tsbuildinfo`)],
    layout: ["prettier", ".", "--check", "--log-level", "warn", ...keep("--cache")],
    spelling: [
      "cspell",
      "lint",
      "--no-progress",
      "--no-summary",
      ...keep("--cache", "--cache-location", `${CACHE}/cspell`),
    ],
  };
  const results = await Promise.allSettled(
    Object.entries(checks).map(([what, [program = "", ...args]]) =>
      step(`checking the ${what}`, () => runHere(program, args)),
    ),
  );
  const problems = results.flatMap((each) => (each.status === "rejected" ? [(each.reason as Error).message] : []));
  if (problems.length > 0) throw new Error(problems.join("; "));
}
