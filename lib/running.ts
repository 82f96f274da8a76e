import { readFileSync } from "node:fs";

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

/** When the process started, in the kernel's ticks; undefined where there is none, or only a zombie. */
export function startOf(pid: number): string | undefined {
  try {
    // The name in parentheses may itself hold spaces and parentheses: read behind the last one.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop()?.split(" ") ?? [];
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
