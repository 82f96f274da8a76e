// After a run that was killed: what it left half-done is put in order, so that the next run goes on from there.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { CoreV1Api, KubernetesObjectApi, type KubernetesObject } from "@kubernetes/client-node";
import { isRunning, readPidFile, sleep, writePidFile } from "../../lib/process";
import { say } from "../../lib/progress";
import { run } from "../../lib/run";
import { backendFolder, pulumi, stackFolder, type Stack } from "./stack";
import { checkout } from "./stackFile";
import { kubeConfigOf } from "./target";

/** Waits until no other run works on the stack, and keeps others waiting until this process ends. */
export async function takeTurn(stack: string): Promise<void> {
  mkdirSync(stackFolder(stack), { recursive: true, mode: 0o700 });
  const file = join(stackFolder(stack), "turn.pid");
  for (let told = false; ; told = true) {
    const other = existsSync(file) ? readPidFile(file) : undefined;
    if (other === undefined || other === process.pid) break;
    if (!told) say(`another run works on the stack ${stack} (process ${other}); waiting for it …`);
    await sleep(500);
  }
  writePidFile(file, process.pid);
  process.on("exit", () => {
    rmSync(file, { force: true });
  });
}

/** Puts the stack in order if its last run was killed; otherwise does nothing. */
export async function recover(stack: Stack): Promise<void> {
  if (await releaseLocks(stack)) await unlockReleases(stack);
  const pending = await pendingCreates(stack);
  if (pending.length === 0) return;
  say("the last run was killed while it created resources; looking which of them are there …");
  await unlockReleases(stack);
  const found = await Promise.all(pending.map(async (create) => ((await exists(stack, create)) ? create : undefined)));
  const imports = found.flatMap((create) =>
    create ? ["--import-pending-creates", create.urn, "--import-pending-creates", create.id] : [],
  );
  if (imports.length > 0) await pulumi(stack, "refresh", ["--yes", "--skip-preview", ...imports]);
  if (imports.length < 2 * pending.length) {
    await pulumi(stack, "refresh", ["--yes", "--skip-preview", "--clear-pending-creates"]);
  }
}

interface PendingCreate {
  readonly urn: string;
  readonly id: string;
  readonly object: KubernetesObject | undefined;
}

interface Exported {
  readonly deployment?: {
    readonly pending_operations?: readonly {
      readonly type: string;
      readonly resource: { readonly urn: string; readonly type: string; readonly inputs?: KubernetesObject };
    }[];
  };
}

/** Waits for a run that still holds the stack; takes away the locks of one that is gone. */
async function releaseLocks(stack: Stack): Promise<boolean> {
  let dead = false;
  for (const file of lockFiles(join(backendFolder(stack.name), ".pulumi/locks"))) {
    const lock = JSON.parse(readFileSync(file, "utf8")) as { pid: number; hostname: string };
    if (lock.hostname !== hostname()) continue;
    if (isRunning(lock.pid)) {
      say(`an engine still works on the stack ${stack.name} (process ${lock.pid}); waiting for it …`);
      while (isRunning(lock.pid)) await sleep(500);
    }
    rmSync(file, { force: true });
    dead = true;
  }
  return dead;
}

function lockFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A helm that was killed leaves its release "pending", which lets nobody touch it again: forget that revision. */
async function unlockReleases(stack: Stack): Promise<void> {
  const api = kubeConfigOf(stack.target).makeApiClient(CoreV1Api);
  const labelSelector = "owner=helm,status in (pending-install,pending-upgrade,pending-rollback)";
  const { items } = await api.listSecretForAllNamespaces({ labelSelector });
  for (const { metadata } of items) {
    say(`the release ${metadata?.labels?.name ?? ""} was left pending; its last revision is forgotten`);
    await api.deleteNamespacedSecret({ name: metadata?.name ?? "", namespace: metadata?.namespace ?? "" });
  }
}

async function pendingCreates(stack: Stack): Promise<PendingCreate[]> {
  const args = ["stack", "export", "--stack", stack.name];
  const exported = JSON.parse(await run("pulumi", args, { cwd: checkout, env: stack.env })) as Exported;
  const operations = exported.deployment?.pending_operations ?? [];
  return operations.flatMap(({ type, resource: { urn, type: token, inputs } }) => {
    if (type !== "creating") return [];
    // A release that never came to be is installed again, over whatever there is of it.
    const object = token.startsWith("kubernetes:helm.sh") ? undefined : inputs;
    const { name = "", namespace } = inputs?.metadata ?? {};
    return [{ urn, id: namespace ? `${namespace}/${name}` : name, object }];
  });
}

async function exists(stack: Stack, { object }: PendingCreate): Promise<boolean> {
  if (!object?.apiVersion || !object.kind || !object.metadata?.name) return false;
  const api = KubernetesObjectApi.makeApiClient(kubeConfigOf(stack.target));
  const { name, namespace = "" } = object.metadata;
  try {
    await api.read({ apiVersion: object.apiVersion, kind: object.kind, metadata: { name, namespace } });
    return true;
  } catch {
    return false;
  }
}
