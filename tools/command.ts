import { say } from "../lib/progress.ts";
import { inWords } from "../lib/systemError.ts";
import { existingStack } from "./stack/stackName.ts";

/** Runs a tool: what goes wrong is said in plain words, and the exit code is 1. Another one it sets itself, as `process.exitCode`. */
export function command(main: () => Promise<void>): void {
  void main().then(
    // A keep-alive connection would hold the process a while longer.
    () => end(),
    (error: unknown) => {
      say(process.env.DEBUG && error instanceof Error ? (error.stack ?? "") : inWords(error));
      return end(1);
    },
  );
}

/** Ends the process once what it printed is taken: what a pipe has no room for would be cut off. */
async function end(code?: number): Promise<never> {
  const taken = (stream: NodeJS.WriteStream) =>
    new Promise<void>((resolve) => {
      // Whoever has closed the pipe wants no more of it.
      stream.write("", () => {
        resolve();
      });
    });
  await Promise.all([taken(process.stdout), taken(process.stderr)]);
  process.exit(code ?? process.exitCode);
}

/**
 * Runs a tool on the stack that `STACK=…` names, by default `local`.
 * @param main is told also the context that `CONTEXT=…` names, if any
 */
export function stackCommand(main: (stackName: string, contextName: string | undefined) => Promise<void>): void {
  const { STACK = "local", CONTEXT = "" } = process.env;
  command(async () => {
    await main(existingStack(STACK), CONTEXT === "" ? undefined : CONTEXT);
  });
}
