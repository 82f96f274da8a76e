import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Those of the paths from which a process of the machine runs, this one aside, or which it was given to work with. */
export function inUse(paths: readonly string[]): string[] {
  const words = processes().flatMap(wordsOf);
  return paths.filter((path) => words.some((word) => word === path || word.includes(`${path}/`)));
}

/** The ids of all other processes; empty where the system does not list them as files. */
const processes = (): string[] =>
  attempt(() => readdirSync("/proc"), []).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);

/** The program, its arguments, and where Go keeps what it compiles. A process that ends meanwhile has none. */
function wordsOf(pid: string): string[] {
  const list = (file: string) => attempt(() => readFileSync(`/proc/${pid}/${file}`, "utf8").split("\0"), []);
  const program = attempt(() => [readlinkSync(`/proc/${pid}/exe`)], []);
  const compiled = list("environ").filter((variable) => variable.startsWith("GOCACHE="));
  return [...program, ...list("cmdline"), ...compiled.map((variable) => variable.slice("GOCACHE=".length))];
}

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
