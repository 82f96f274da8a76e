import { readdirSync, readFileSync } from "node:fs";

const PAGE = 4096;
const EVERY_MS = 500;

/** The most memory that the processes which the work starts have had at one time, in MB: what was there before does not count. */
export async function peakMemory(work: () => Promise<unknown>): Promise<number> {
  const before = residentBelow(process.pid);
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, residentBelow(process.pid));
  }, EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return (most - before) / 1e6;
}

/** Bytes of all processes below this one. */
function residentBelow(root: number): number {
  const children = new Map<number, number[]>();
  for (const pid of readdirSync("/proc").map(Number).filter(Boolean)) {
    const stat = fieldsOf(pid, "stat");
    // The name, in parentheses, may hold anything.
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const sum = (pid: number): number =>
    (children.get(pid) ?? []).reduce(
      (total, child) => total + PAGE * (Number(fieldsOf(child, "statm").split(" ")[1]) || 0) + sum(child),
      0,
    );
  return sum(root);
}

/** Empty where the process has ended meanwhile. */
function fieldsOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
