// After a run that was killed: what it left half-done is put in order, so that the next run goes on from there.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { CoreV1Api, V1Secret } from "@kubernetes/client-node";
import { claimPidFile, sleep, until } from "../../lib/process.ts";
import { say } from "../../lib/progress.ts";
import { run } from "../../lib/run.ts";
import { isRunning } from "../../lib/running.ts";
import { writeWhole } from "../../lib/wholeFile.ts";
import { isShared } from "./backend.ts";
import { pulumi, type Stack } from "./stack.ts";
import { checkout } from "./checkout.ts";
import { kubernetesClient } from "./kubernetesClient.ts";
import { lookup } from "./lookup.ts";
import { backendFolder, makeStackFolder, removeIfEmpty, stackFolder, TURN } from "./stackFolder.ts";
import { stateOf, type Operation, type Resource, type State } from "./state.ts";
import { coreApiOf, isThere, kubeConfigOf } from "./target.ts";

/** Waits until no other run works on the stack, and keeps others waiting until this process ends. */
export async function takeTurn(stack: string): Promise<void> {
  const file = join(stackFolder(stack), TURN);
  const claim = async (): Promise<number | undefined> => {
    makeStackFolder(stack);
    return claimPidFile(file).catch((error: unknown) => {
      // The run before has just taken the folder away, as `make down` does.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return claim();
      removeIfEmpty(stack);
      throw error;
    });
  };
  await waitFor(claim, (pid) => `another run uses the stack ${stack} (process ${pid}); waiting for it …`);
  process.on("exit", () => {
    rmSync(file, { force: true });
    // A run that was refused leaves nothing.
    removeIfEmpty(stack);
  });
}

/** Puts the stack in order if its last run was killed; otherwise does nothing. */
export async function recover(stack: Stack): Promise<void> {
  const locks = await deadLocks(stack);
  const state = (await stateOf(stack.name, stack.env)) ?? {};
  const pending = state.deployment?.pending_operations ?? [];
  if (locks.length === 0 && pending.length === 0) return;
  say("the last run was interrupted; checking what it left behind …");
  for (const file of locks) rmSync(file, { force: true });
  // Whoever works on a team's stack right now has operations under way as well, and holds the lock: the engine says so.
  if (isShared(stack.name)) await importState(stack, state);
  if (isThere(stack.target)) await settleReleases(stack);
  if (pending.length === 0) return;

  // What was being created and is there goes into the state; reading it back is the engine's work, in a refresh.
  const known = new Set(state.deployment?.resources?.map(({ urn }) => urn));
  const unknown = pending.filter(({ type, resource }) => type === "creating" && !known.has(resource.urn));
  const foreign = unknown.filter(({ resource }) => !resource.type.startsWith("kubernetes:"));
  if (foreign.length > 0) throw new PossiblyMade(stack.name, foreign);
  const made = await Promise.all(unknown.map(({ resource }) => adopted(stack, resource)));
  state.deployment = {
    ...state.deployment,
    resources: [...(state.deployment?.resources ?? []), ...made.filter((resource) => resource !== undefined)],
    pending_operations: [],
  };
  await importState(stack, state);
  await pulumi(stack, "refresh", ["--yes", "--skip-preview"]);
}

async function importState({ name, env }: Stack, state: State): Promise<void> {
  const file = join(stackFolder(name), "recovered.json");
  writeWhole(file, JSON.stringify(state));
  try {
    await run("pulumi", ["stack", "import", "--stack", name, "--file", file], { cwd: checkout, env });
  } finally {
    rmSync(file);
  }
}

/** Only AWS knows whether something is there that the engine was making when it was killed. */
class PossiblyMade extends Error {
  constructor(stack: string, pending: readonly Operation[]) {
    const lines = pending.map(({ resource }) => `  ${resource.type} ${resource.urn.split("::").pop() ?? ""}`);
    super(
      [
        "the last run was interrupted while it created these resources, and did not record whether they exist:",
        ...lines,
        "Look for them in AWS, then import each one by its ID, or remove it from the state, with",
        `  make pulumi STACK=${stack} ARGS=refresh`,
      ].join("\n"),
    );
  }
}

/** The resource as part of the state, if the run that was killed came to create it. */
async function adopted(stack: Stack, resource: Resource): Promise<Resource | undefined> {
  const { inputs } = resource;
  if (!inputs) return undefined;
  const isRelease = resource.type.startsWith("kubernetes:helm.sh");
  const { name = "", namespace } = isRelease ? inputs : (inputs.metadata ?? {});
  const there = isRelease ? await isInstalled(stack, name) : await lookup(stack.target)(inputs);
  if (!there) return undefined;
  return { ...resource, id: namespace ? `${namespace}/${name}` : name, outputs: inputs };
}

/** The locks of engines that are gone; one that still works is waited for. */
async function deadLocks(stack: Stack): Promise<string[]> {
  const folder = join(backendFolder(stack.name), ".pulumi/locks");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const dead: string[] = [];
  for (const entry of files) {
    const file = join(entry.parentPath, entry.name);
    const lock = lockIn(file);
    if (lock.hostname !== hostname()) continue;
    await waitFor(
      () => Promise.resolve(isRunning(lock.pid) && lock.pid !== process.pid ? lock.pid : undefined),
      (pid) => `an engine still uses the stack ${stack.name} (process ${pid}); waiting for it …`,
    );
    if (existsSync(file)) dead.push(file);
  }
  return dead;
}

/** A lock that was cut short is nobody's: its engine did not come to work. */
function lockIn(file: string): { readonly pid: number; readonly hostname: string } {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as { pid: number; hostname: string };
  } catch {
    return { pid: 0, hostname: hostname() };
  }
}

/**
 * A helm that was killed leaves its release "pending", and then lets nobody touch it again: that revision is forgotten.
 * Objects that it made stay, and the next install takes them over.
 */
async function settleReleases(stack: Stack): Promise<void> {
  const settled: string[] = [];
  const api = coreApiOf(stack.target);
  const unfinished = async () =>
    (await revisions(api)).filter(({ metadata }) => metadata?.labels?.status !== "deployed");
  const pending = async () =>
    (await unfinished()).filter(({ metadata }) => metadata?.labels?.status?.startsWith("pending-"));
  // Its helm may have outlived the engine: then it ends by itself.
  for (let patience = 30; patience > 0 && (await pending()).length > 0; patience--) await sleep(500);
  for (const { metadata } of await unfinished()) {
    const { name = "", status = "" } = metadata?.labels ?? {};
    if (status === "superseded") continue;
    say(`the release ${name} was left ${status}; that revision is deleted`);
    await api.deleteNamespacedSecret({ name: metadata?.name ?? "", namespace: metadata?.namespace ?? "" });
    settled.push(name);
  }
  if (settled.length > 0) await untilAvailable(stack, settled);
}

/** For so long what a helm that was killed has made may take to start, in seconds. */
const STARTING = 120;

/**
 * Waits for what such releases have left starting. A webhook that is there already refuses everything until its Deployment
 * answers, as istiod's does: the next preview would fail.
 */
async function untilAvailable({ target }: Stack, releases: readonly string[]): Promise<void> {
  const api = kubeConfigOf(target).makeApiClient(kubernetesClient().AppsV1Api);
  const starting = async () =>
    (await api.listDeploymentForAllNamespaces()).items.filter(
      ({ metadata, status }) =>
        releases.includes(metadata?.annotations?.["meta.helm.sh/release-name"] ?? "") && !status?.availableReplicas,
    );
  const left = await starting();
  if (left.length === 0) return;
  say(`waiting for what was left starting: ${left.map(({ metadata }) => metadata?.name ?? "").join(", ")} …`);
  // What does not come up is the next run's to report: it makes the release anew.
  await until("them", STARTING, async () => (await starting()).length === 0, 500).catch(() => undefined);
}

async function isInstalled(stack: Stack, release: string): Promise<boolean> {
  const all = await revisions(coreApiOf(stack.target));
  return all.some(({ metadata }) => metadata?.labels?.name === release && metadata.labels.status === "deployed");
}

/** Helm keeps each revision of a release as a Secret. */
async function revisions(api: CoreV1Api): Promise<V1Secret[]> {
  return (await api.listSecretForAllNamespaces({ labelSelector: "owner=helm" })).items;
}

async function waitFor(busy: () => Promise<number | undefined>, words: (pid: number) => string): Promise<void> {
  for (let told = false, pid = await busy(); pid !== undefined; pid = await busy(), told = true) {
    if (!told) say(words(pid));
    await sleep(500);
  }
}
