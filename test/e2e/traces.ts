// What a testbed could leave behind on the machine.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../../lib/cache.ts";
import { run } from "../../lib/run.ts";

/** Places where Kubernetes, containerd or Pulumi would write by default. */
const PLACES = [
  ...["/etc/cni", "/etc/kubernetes", "/opt/cni", "/opt/containerd", "/run/containerd", "/run/netns", "/var/lib/cni"],
  ...["/var/lib/containerd", "/var/lib/etcd", "/var/lib/kubelet", "/var/log/containers", "/var/log/pods"],
  ...["/usr/libexec/kubernetes", join(homedir(), ".kube"), join(homedir(), ".pulumi")],
];

/** Everything on the machine that could be a trace, one line each. */
export async function traces(): Promise<string[]> {
  const [links, routes] = await Promise.all([run("ip", ["-o", "link"]), run("ip", ["route", "show", "table", "all"])]);
  return [
    ...links.split("\n").map((line) => `device ${/^\d+: ([^:@]+)/.exec(line)?.[1] ?? line}`),
    ...routes.split("\n").map((line) => `route ${line.trim()}`),
    ...readFileSync("/proc/self/mounts", "utf8")
      .split("\n")
      .map((line) => `mount ${line}`),
    ...cgroups().map((name) => `cgroup ${name}`),
    ...processes().map((name) => `process ${name}`),
    ...PLACES.filter((place) => existsSync(place)).map((place) => `file ${place}`),
    ...entries(tmpdir())
      .filter((name) => /^(helm-release|certificate)-/.test(name))
      .map((name) => `file ${name}`),
    ...entries(join(cacheFolder(), "instances")).map((name) => `instance ${name}`),
    ...entries("/run/mesh-testbed").map((name) => `slot ${name}`),
  ].sort();
}

/** Programs of the cache that run, whoever started them. */
function processes(): string[] {
  return entries("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      const ours = [`${cacheFolder()}/instances`, `${cacheFolder()}/programs`, "loadBalancer.ts"];
      return ours.some((part) => command.includes(part)) ? [`${pid} ${command}`] : [];
    } catch {
      return []; // It has just ended.
    }
  });
}

function cgroups(): string[] {
  const mount = "/sys/fs/cgroup";
  return entries(mount)
    .flatMap((name) => [name, ...entries(join(mount, name)).map((inner) => `${name}/${inner}`)])
    .filter((name) => /testbed|kubepods/.test(name));
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
