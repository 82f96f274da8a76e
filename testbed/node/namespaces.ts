// The node's namespaces, and running programs in them.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, closeSync } from "node:fs";
import { join } from "node:path";
import { endProcess, readPidFile, until, writePidFile } from "../../lib/process.ts";
import { outcomeOf, run } from "../../lib/run.ts";
import type { Instance } from "../instance.ts";

const holderFile = (instance: Instance): string => join(instance.folder, "holder.pid");

/** Makes the namespaces and the link between node and host. */
export async function createNamespaces(instance: Instance, pause: string): Promise<void> {
  const { folder, device, hostAddress, nodeAddress } = instance;
  for (const name of ["log", "sysctl", "var-lib", "var-log"]) mkdirSync(join(folder, name), { recursive: true });
  const log = openSync(join(folder, "log", "holder.log"), "a");
  const namespaces = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"];
  const unshare = spawn("unshare", [...namespaces, "sh", join(import.meta.dirname, "holder.sh"), folder, pause], {
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  unshare.unref();
  const holder = await until("the namespaces of the node", 10, () => {
    if (unshare.exitCode !== null) throw new Error(`the node's namespaces: ${tail(join(folder, "log", "holder.log"))}`);
    const child = Number(readFileSync(`/proc/${unshare.pid ?? 0}/task/${unshare.pid ?? 0}/children`, "utf8"));
    return existsSync(join(folder, "holder.ready")) && child > 0 ? child : undefined;
  });
  writePidFile(holderFile(instance), holder);
  await ip("link", "add", device, "type", "veth", "peer", "name", "eth0", "netns", String(holder));
  await ip("address", "add", `${hostAddress}/24`, "dev", device);
  await ip("link", "set", device, "up");
  await inNode(instance, "ip", ["address", "add", `${nodeAddress}/24`, "dev", "eth0"]);
  await inNode(instance, "ip", ["link", "set", "eth0", "up"]);
  await inNode(instance, "ip", ["route", "add", "default", "via", hostAddress]);
}

/** Ends the node with all its processes and mounts, and takes the link away. */
export async function removeNamespaces(instance: Instance): Promise<void> {
  await endProcess(holderFile(instance), "SIGKILL");
  await outcomeOf("ip", ["link", "delete", instance.device]);
  rmSync(join(instance.folder, "holder.ready"), { force: true });
}

/** The node's first process, if the node is there. */
export const holderOf = (instance: Instance): number | undefined => readPidFile(holderFile(instance));

/** Runs a program in the node to its end. */
export function inNode(instance: Instance, program: string, args: string[]): Promise<string> {
  return run("nsenter", [...enter(instance), program, ...args]);
}

/** Starts a program in the node and leaves it running; its output goes to `log/<name>.log`. */
export function startInNode(instance: Instance, name: string, program: string, args: string[]): void {
  const log = openSync(logOf(instance, name), "a");
  const child = spawn("nsenter", [...enter(instance), program, ...args], {
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
}

/** The last lines that a program of the node has logged, to show when it fails. */
export const lastWords = (instance: Instance, name: string): string => tail(logOf(instance, name));

const logOf = (instance: Instance, name: string): string => join(instance.folder, "log", `${name}.log`);

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n") : "(no log)";
}

function enter(instance: Instance): string[] {
  const holder = holderOf(instance);
  if (holder === undefined) throw new Error("the testbed's node is not running");
  // nsenter and not `ip netns exec`, which mounts /sys anew and so hides the cgroups.
  return ["-t", String(holder), "-n", "-m", "-p", "--"];
}

const ip = (...args: string[]) => run("ip", args);
