import { spawnSync } from "node:child_process";

/** What a program printed, or why it did not. Its own words are not passed on: they may quote files. */
export type Printed = { readonly text: string } | { readonly reason: string };

/** Runs the first of the programs that is on PATH. None of them gets a shell. */
export function printedBy(...commands: readonly (readonly [program: string, ...args: string[]])[]): Printed {
  for (const [program, ...args] of commands) {
    const { error, status, stdout } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 2 ** 28 });
    if (error !== undefined) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
      return { reason: `${program} could not be run` };
    }
    return status === 0
      ? { text: stdout }
      : { reason: `${program} failed: run ${[program, ...args].join(" ")} to see why` };
  }
  return { reason: `${commands.map(([program]) => program).join(" or ")} is not on PATH` };
}
