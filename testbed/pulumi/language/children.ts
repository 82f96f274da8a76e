import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";

/** The programs and policy packs that run, so that none outlives the host. */
const children = new Set<ChildProcess>();

/** Starts Node with a script. */
export function startNode(args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, args, options);
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

/** Resolves when a process has ended and all of its output is read: with its exit code, or with the signal that ended it. */
export function ended(child: ChildProcess): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve(code ?? signal ?? 1);
    });
  });
}

export function endAll(): void {
  for (const child of children) child.kill();
}
