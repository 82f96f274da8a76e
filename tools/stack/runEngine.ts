// The engine as a process: what it prints goes to the terminal, and how it ended is said.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { sleep } from "../../lib/process.ts";
import { checkout } from "./checkout.ts";
import { isLocked, waysOut } from "./waysOut.ts";

/** So much of what it says last is kept, in characters. */
const KEPT = 1 << 16;

/**
 * Runs the engine to its end.
 * @param stack of which it is
 * @param onLine gets each line that it prints, instead of the terminal
 * @throws EngineFailed
 */
export async function runEngine(
  { name = "", env }: { readonly name?: string; readonly env: Readonly<Record<string, string>> },
  [command = "", ...args]: readonly string[],
  onLine?: (line: string) => void,
): Promise<void> {
  const child = spawn("pulumi", [command, ...args], {
    cwd: checkout,
    env: { ...process.env, ...env },
    stdio: ["inherit", onLine ? "pipe" : "inherit", "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    process.stderr.write(chunk);
    said = `${said}${chunk.toString()}`.slice(-KEPT);
  });
  const isSaid = child.stderr ? once(child.stderr, "close") : Promise.resolve();
  const lines = onLine && child.stdout ? createInterface(child.stdout).on("line", onLine) : undefined;
  const isRead = lines ? once(lines, "close") : Promise.resolve();
  // Ctrl-C reaches the engine as well, which then ends in order: this process waits for it.
  const wait = () => undefined;
  process.on("SIGINT", wait);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (status, signal) => {
        resolve(status ?? (signal ? 1 : 0));
      });
    });
    await isRead;
    // Whoever outlives the engine may hold its end of the pipe.
    await Promise.race([isSaid, sleep(1000)]);
    if (code !== 0) throw new EngineFailed(command, name, stripVTControlCharacters(said));
  } finally {
    process.off("SIGINT", wait);
  }
}

/** Commands that change what is there, so that one that has failed may have done a part of it. */
const CHANGES = ["up", "refresh", "destroy", "import", "watch"];

/** The engine has ended with an error, and has said why. */
export class EngineFailed extends Error {
  readonly #command: string;
  readonly #stack: string;
  readonly #said: string;

  /** @param said what it has said, as far as it is known */
  constructor(command: string, stack = "", said = "") {
    super([ended(command, said), ...waysOut(said, stack)].join("\n"));
    this.#command = command;
    this.#stack = stack;
    this.#said = said;
  }

  /** The same, where the engine has said more. */
  with(said: string): EngineFailed {
    return new EngineFailed(this.#command, this.#stack, `${this.#said}\n${said}`);
  }

  /** How to go on, as far as something is known of it. */
  get waysOut(): string[] {
    return waysOut(this.#said, this.#stack);
  }
}

function ended(command: string, said: string): string {
  if (isLocked(said)) return `pulumi ${command} was refused: nothing was changed`;
  return CHANGES.includes(command)
    ? `pulumi ${command} failed; completed steps are in the stack's state, and the next run continues from there`
    : `pulumi ${command} failed`;
}
