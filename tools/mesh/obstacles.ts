// What keeps the pods of a stack from running: said before `make up` waits for them, and after it has waited in vain.
import { say } from "../../lib/progress.ts";
import { available, namespacesOf, requested, shortage } from "../stack/capacity.ts";
import { settingsIn } from "../stack/stackFile.ts";
import type { Stack } from "../stack/stack.ts";
import { coreApiOf, isThere } from "../stack/target.ts";
import { unreadyReasons } from "./unready.ts";

/**
 * Compares what the pods request with what the nodes have. Where something may add nodes, it is only said.
 * @throws Error on the testbed, whose one node stays as it is
 */
export async function sayShortage({ name, target, file }: Stack): Promise<void> {
  // What makes nodes of a cluster on EKS belongs to the cluster.
  if (target.kind === "eks") return;
  const settings = settingsIn(file);
  const api = coreApiOf(target);
  // Who may not list nodes, or cannot reach the cluster, hears of it from the engine, if it matters.
  const there = await available(api, namespacesOf(settings)).catch(() => undefined);
  const lack = there && shortage(requested(settings), there);
  if (lack === undefined) return;
  const wayOut = `set mesh:profile to demo in Pulumi.${name}.yaml, or fewer replicas and smaller requests`;
  if (target.kind === "testbed") throw new Error(`${lack}: ${wayOut}`);
  say(`${lack}: unless the cluster scales up, Pods will stay pending; add nodes, or ${wayOut}`);
}

/** Says of each pod of the stack that is not ready why that is. */
export async function sayUnready({ target, file }: Stack): Promise<void> {
  if (!isThere(target)) return;
  try {
    const api = coreApiOf(target);
    const reasons = await unreadyReasons(api, namespacesOf(settingsIn(file)));
    if (reasons.length > 0) say(["Pods that are not ready:", ...reasons.map((reason) => `  ${reason}`)].join("\n"));
  } catch {
    // The engine has said why it failed; that the cluster does not answer either is no better reason.
  }
}
