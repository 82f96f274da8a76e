import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { step } from "../../lib/progress.ts";
import { EngineFailed } from "../stack/runEngine.ts";
import { pulumi, type Stack } from "../stack/stack.ts";
import { makeStackFolder } from "../stack/stackFolder.ts";
import { errorsIn, eventsIn, type PreviewEvent } from "./events.ts";
import type { Preview } from "./report.ts";

/** The option by which the engine writes its events down is one for those who debug it. */
const FOR_DEBUGGERS = { PULUMI_DEBUG_COMMANDS: "true" };

type Run = Pick<Stack, "name" | "env" | "file">;

interface Ended {
  readonly events: readonly PreviewEvent[];
  /** Why the engine ended with an error, if it did. */
  readonly failure?: EngineFailed;
}

/**
 * Runs the engine on the stack, and has its events.
 * @param onLine gets each line that it prints, instead of the terminal
 * @param folder in which it writes its events down for the while
 */
export async function withEvents(
  stack: Run,
  [command = "", ...args]: readonly string[],
  onLine?: (line: string) => void,
  folder = makeStackFolder(stack.name),
): Promise<Ended> {
  const log = join(folder, "preview.events");
  // The engine would write it for everybody's eyes.
  writeFileSync(log, "", { mode: 0o600 });
  const env = { ...stack.env, ...FOR_DEBUGGERS };
  const events = () => (existsSync(log) ? eventsIn(readFileSync(log, "utf8")) : []);
  try {
    await pulumi({ ...stack, env }, command, ["--event-log", log, ...args], onLine);
    return { events: events() };
  } catch (error) {
    if (!(error instanceof EngineFailed)) throw error;
    const seen = events();
    return { events: seen, failure: error.with(errorsIn(seen).join("\n")) };
  } finally {
    rmSync(log, { force: true });
  }
}

/** Lets the engine preview the stack. */
export async function enginePreview(stack: Run, args: readonly string[], folder?: string): Promise<Preview & Ended> {
  const lines: string[] = [];
  const inColor = process.stdout.isTTY && !process.env.NO_COLOR ? ["--color", "always"] : [];
  const run = () => withEvents(stack, ["preview", "--diff", ...inColor, ...args], (line) => lines.push(line), folder);
  return { ...(await step("previewing changes", run)), diff: lines.join("\n") };
}

/** Whether an `up` came to change anything: its preview may have refused it. The engine keeps the events of the last of both. */
export const hasBegun = (events: readonly PreviewEvent[]): boolean =>
  events.some(({ resourcePreEvent }) => resourcePreEvent !== undefined && resourcePreEvent.planning !== true);
