// The cgroup below which the kubelet makes those of the pods, so that two testbeds never see each other's.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Instance } from "../instance.ts";

const MOUNT = "/sys/fs/cgroup";

/** Makes the instance's cgroup: one in version 2, one for each controller in version 1. */
export function createCgroups(instance: Instance): void {
  for (const hierarchy of hierarchies()) {
    const folder = join(hierarchy, instance.cgroup);
    mkdirSync(folder, { recursive: true });
    // A new cpuset of version 1 is empty, and no process can enter it, until its parent's set is copied.
    for (const set of ["cpuset.cpus", "cpuset.mems"]) {
      const file = join(folder, set);
      if (existsSync(file) && !isVersion2() && readFileSync(file, "utf8").trim() === "") {
        writeFileSync(file, readFileSync(join(hierarchy, set)));
      }
    }
  }
}

/** Removes the instance's cgroups; they are empty once the node's processes are gone. */
export function removeCgroups(instance: Instance): void {
  for (const hierarchy of hierarchies()) removeTree(join(hierarchy, instance.cgroup));
}

const isVersion2 = (): boolean => existsSync(join(MOUNT, "cgroup.controllers"));

function hierarchies(): string[] {
  if (isVersion2()) return [MOUNT];
  const folders = existsSync(MOUNT) ? readdirSync(MOUNT, { withFileTypes: true }) : [];
  return folders.filter((entry) => entry.isDirectory()).map((entry) => join(MOUNT, entry.name));
}

/** A cgroup's files go with it: only its folders can, and must, be removed one by one. */
function removeTree(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(folder, entry.name));
  }
  rmdirSync(folder);
}
