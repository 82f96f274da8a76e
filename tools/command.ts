import { say } from "../lib/progress";

/** The stack that `STACK=…` names. */
export const stackName = process.env.STACK ?? "local";

/** The context that `CONTEXT=…` names, if any. */
export const contextName = process.env.CONTEXT === "" ? undefined : process.env.CONTEXT;

/** Runs a tool: what goes wrong is said in plain words, and the exit code is 1. */
export function command(main: () => Promise<void>): void {
  main().then(
    // A keep-alive connection would hold the process a while longer.
    () => process.exit(),
    (error: unknown) => {
      say(process.env.DEBUG && error instanceof Error ? (error.stack ?? "") : (error as Error).message);
      process.exit(1);
    },
  );
}
