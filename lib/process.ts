import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** Whether a process of this id runs (a zombie does not). */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return startOf(pid) !== undefined || process.platform !== "linux";
}

/** Remembers a process in a file, in a way that a later process of the same id is not taken for it. */
export function writePidFile(file: string, pid: number): void {
  writeFileSync(file, `${pid} ${startOf(pid) ?? ""}\n`);
}

/** The process that the file remembers, if it still runs. */
export function readPidFile(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const [pid, start] = readFileSync(file, "utf8").trim().split(" ");
  return isRunning(Number(pid)) && (start ?? "") === (startOf(Number(pid)) ?? "") ? Number(pid) : undefined;
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
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}, in vain`);
    await sleep(pause);
  }
}

/** When the process started, in the kernel's ticks; undefined where there is none, or only a zombie. */
function startOf(pid: number): string | undefined {
  try {
    // The name in parentheses may itself hold spaces and parentheses: read behind the last one.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop()?.split(" ") ?? [];
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
