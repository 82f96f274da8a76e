import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { step } from "../../lib/progress";
import { EngineFailed, pulumi, type Stack } from "../stack/stack";
import { makeStackFolder } from "../stack/stackFolder";
import { eventsIn } from "./events";
import type { Preview } from "./report";

/** The option by which the engine writes its events down is one for those who debug it. */
const FOR_DEBUGGERS = { PULUMI_DEBUG_COMMANDS: "true" };

/**
 * Lets the engine preview the stack.
 * @param folder in which it writes its events down for the while
 * @returns what it said, and why it ended with an error, if it did
 */
export async function enginePreview(
  stack: Pick<Stack, "name" | "env" | "file">,
  args: readonly string[],
  folder = makeStackFolder(stack.name),
): Promise<Preview & { readonly failure?: Error }> {
  const log = join(folder, "preview.events");
  // The engine would write it for everybody's eyes.
  writeFileSync(log, "", { mode: 0o600 });
  const lines: string[] = [];
  const inColour = process.stdout.isTTY && !process.env.NO_COLOR ? ["--color", "always"] : [];
  const all = ["--diff", "--event-log", log, ...inColour, ...args];
  const env = { ...stack.env, ...FOR_DEBUGGERS };
  const said = () => ({ events: existsSync(log) ? eventsIn(readFileSync(log, "utf8")) : [], diff: lines.join("\n") });
  try {
    await step("looking what would change", () =>
      pulumi({ ...stack, env }, "preview", all, (line) => lines.push(line)),
    );
    return said();
  } catch (error) {
    if (!(error instanceof EngineFailed)) throw error;
    return { ...said(), failure: error };
  } finally {
    rmSync(log, { force: true });
  }
}
