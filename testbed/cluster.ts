// The testbed as a whole: a real one-node Kubernetes, up, down and what it is doing.
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endProcess, readPidFile, until, writePidFile } from "../lib/process.ts";
import { step } from "../lib/progress.ts";
import { run } from "../lib/run.ts";
import { imageArchives } from "./images.ts";
import { abandonedInstances, claimInstance, findInstance, releaseSlot, type Instance } from "./instance.ts";
import { kubectlArgs } from "./kubectlArgs.ts";
import { removeCgroups } from "./node/cgroups.ts";
import { apiAnswers, startControlPlane } from "./node/controlPlane.ts";
import { createNamespaces, holderOf, removeNamespaces } from "./node/namespaces.ts";
import { createPki } from "./node/pki.ts";
import { startContainerd, startKubelet } from "./node/worker.ts";
import { testbedPrograms, type Programs } from "./parts.ts";

const readyFile = (instance: Instance): string => join(instance.folder, "ready");
const loadBalancerFile = (instance: Instance): string => join(instance.folder, "load-balancer.pid");

/** Why the testbed cannot run on this machine; undefined where it can. */
export function obstacle(): string | undefined {
  if (process.platform !== "linux") return "the testbed needs Linux";
  if (process.getuid?.() !== 0) return "the testbed needs root, for namespaces and network devices";
  return undefined;
}

/**
 * Starts the testbed of this name, unless it runs already. One that was half-made or half-dead is made anew.
 * @param options.audited whether the API server of a new one keeps an audit log
 */
export async function testbedUp(
  name: string,
  { audited = false }: { readonly audited?: boolean } = {},
): Promise<{ instance: Instance; programs: Programs }> {
  const reason = obstacle();
  if (reason) throw new Error(reason);
  const programs = await testbedPrograms();
  const archives = await imageArchives(programs);
  for (const abandoned of abandonedInstances()) {
    await remove(abandoned);
    releaseSlot(abandoned);
  }
  const instance = claimInstance(name);
  if ((await stateOf(instance, programs)) !== "running") {
    await remove(instance);
    await step("starting the testbed", () => start(instance, programs, archives, audited));
  }
  await startLoadBalancer(instance);
  return { instance, programs };
}

/** Ends the testbed of this name and removes every trace of it but the cache. */
export async function testbedDown(name: string): Promise<boolean> {
  const instance = findInstance(name);
  if (!instance) return false;
  await remove(instance);
  releaseSlot(instance);
  return true;
}

export type State = "running" | "broken" | "stopped";

/** What the testbed of this name is doing. */
export async function testbedState(name: string): Promise<{ state: State; instance?: Instance }> {
  const instance = findInstance(name);
  return instance ? { state: await stateOf(instance, await testbedPrograms()), instance } : { state: "stopped" };
}

async function stateOf(instance: Instance, programs: Programs): Promise<State> {
  if (holderOf(instance) === undefined) return "stopped";
  return existsSync(readyFile(instance)) && (await apiAnswers(instance, programs)) ? "running" : "broken";
}

async function start(instance: Instance, programs: Programs, archives: string[], audited: boolean): Promise<void> {
  await createNamespaces(instance, join(programs.pause, "pause"));
  // Images are unpacked while the certificates are made and the control plane comes up.
  const containerd = startContainerd(instance, programs, archives);
  await Promise.all([containerd, createPki(instance).then(() => startControlPlane(instance, programs, audited))]);
  await startKubelet(instance, programs);
  const kubectl = (...args: string[]) =>
    run(join(programs.kubernetes, "kubectl"), kubectlArgs(instance.kubeconfig, ...args));
  await kubectl("apply", "--server-side", "-f", join(import.meta.dirname, "manifests"));
  await kubectl("-n", "kube-system", "rollout", "status", "deployment/coredns", "--timeout=90s");
  writeFileSync(readyFile(instance), "");
}

async function startLoadBalancer(instance: Instance): Promise<void> {
  if (readPidFile(loadBalancerFile(instance)) !== undefined) return;
  const log = openSync(join(instance.folder, "log", "load-balancer.log"), "a");
  const program = [join(import.meta.dirname, "loadBalancer.ts"), instance.name];
  const child = spawn(process.execPath, program, { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();
  await until("the load balancer", 5, () => child.pid);
  writePidFile(loadBalancerFile(instance), child.pid ?? 0);
}

async function remove(instance: Instance): Promise<void> {
  await endProcess(loadBalancerFile(instance));
  await removeNamespaces(instance);
  await until("the node's cgroups to be empty", 10, () => {
    try {
      removeCgroups(instance);
      return true;
    } catch {
      return undefined; // A process that was just killed is still being taken down.
    }
  });
  rmSync(instance.folder, { recursive: true, force: true, maxRetries: 5 });
}
