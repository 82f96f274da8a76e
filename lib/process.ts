import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync } from "node:fs";
import { isRunning, startOf } from "./running.ts";
import { draftOf, removeDrafts, writeWhole } from "./wholeFile.ts";

/** What is done under a guard takes no time: one that is older, in milliseconds, is of a process that was killed. */
const GUARDED = 5000;

/** Remembers a process in a file, in a way that a later process of the same id is not taken for it. */
export function writePidFile(file: string, pid: number): void {
  writeWhole(file, `${pid} ${startOf(pid) ?? ""}\n`);
}

/** The process that the file remembers, if it still runs. */
export function readPidFile(file: string): number | undefined {
  const [pid, start] = contentOf(file).trim().split(" ");
  return isRunning(Number(pid)) && (start ?? "") === (startOf(Number(pid)) ?? "") ? Number(pid) : undefined;
}

/**
 * Remembers this process in a file that stands for something which only one may have.
 * @returns the process that has it, if that is another one and runs
 */
export async function claimPidFile(file: string): Promise<number | undefined> {
  removeDrafts(file);
  const claim = draftOf(file);
  writePidFile(claim, process.pid);
  try {
    while (!linked(claim, file)) {
      const holder = readPidFile(file);
      if (holder !== undefined) return holder === process.pid ? undefined : holder;
      removeStale(file);
      await sleep(10);
    }
    return undefined;
  } finally {
    rmSync(claim, { force: true });
  }
}

/** Gives the file the name if that is free; of many who try, one succeeds. */
function linked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes what a process that is gone has left; one at a time, lest what the next one has just put there is taken for it. */
function removeStale(file: string): void {
  const guard = `${file}.guard`;
  try {
    mkdirSync(guard);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const since = statSync(guard, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > GUARDED) rmSync(guard, { recursive: true, force: true });
    return;
  }
  try {
    if (readPidFile(file) === undefined) rmSync(file, { force: true });
  } finally {
    rmdirSync(guard);
  }
}

/** Empty where there is no such file: it may go between a look and a reading. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

/** Ends the process that the file remembers, waits until it is gone and removes the file. */
export async function endProcess(file: string, signal: NodeJS.Signals = "SIGTERM", patience = 5000): Promise<void> {
  const pid = readPidFile(file);
  if (pid !== undefined) {
    process.kill(pid, signal);
    const deadline = Date.now() + patience;
    while (isRunning(pid)) {
      if (Date.now() > deadline) process.kill(pid, "SIGKILL");
      await sleep(50);
    }
  }
  rmSync(file, { force: true });
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again and again until there is an answer; after `seconds` it gives up, saying what it waited for. */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined> | T | undefined,
  pause = 200,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`timed out after ${seconds} s waiting for ${what}`);
    await sleep(pause);
  }
}
