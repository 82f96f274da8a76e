// Namespaces that do not go: said while the engine waits for them, which it does for minutes without a word on why.
import type { CoreV1Api, V1Namespace } from "@kubernetes/client-node";
import { say } from "../../lib/progress.ts";
import { coreApiOf, isThere } from "../stack/target.ts";
import type { Stack } from "../stack/stack.ts";

/** How often the cluster is asked, in milliseconds. */
const EVERY = 5000;
/** For so long a namespace may take, in milliseconds: its pods have half a minute to end. */
const PATIENCE = 45_000;

/** Says of each namespace what holds it, once, until the promise ends. */
export async function watchingTerminating<T>(stack: Pick<Stack, "target">, work: () => Promise<T>): Promise<T> {
  if (!isThere(stack.target)) return work();
  const api = coreApiOf(stack.target);
  const told = new Set<string>();
  const timer = setInterval(() => {
    // A cluster that does not answer is the engine's to report.
    void stuck(api, Date.now()).then(
      (lines) => {
        for (const line of lines.filter((each) => !told.has(each))) {
          told.add(line);
          say(line);
        }
      },
      () => undefined,
    );
  }, EVERY);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** A line for each namespace that takes too long to go and says why. */
export async function stuck(api: Pick<CoreV1Api, "listNamespace">, now: number): Promise<string[]> {
  return (await api.listNamespace()).items.flatMap((namespace) => {
    const since = namespace.metadata?.deletionTimestamp;
    const reasons = holders(namespace);
    if (since === undefined || now - new Date(since).getTime() < PATIENCE || reasons.length === 0) return [];
    const { name = "" } = namespace.metadata ?? {};
    return [
      `the namespace ${name} is still being deleted: ${reasons.join("; ")}. Whoever has set a finalizer takes it away; where that one is gone for good, do it yourself: kubectl -n ${name} edit`,
    ];
  });
}

const holders = ({ status }: V1Namespace): string[] =>
  (status?.conditions ?? [])
    .filter(({ type, status: is }) => is === "True" && /Remaining|Failure/.test(type))
    .flatMap(({ message }) => (message === undefined ? [] : [message]));
