// One testbed belongs to one checkout. Testbeds share a machine by their slots: addresses, device and cgroup come from the
// slot, so the slots are the machine's, whatever cache or checkout a testbed comes from.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { cacheFolder } from "../lib/cache.ts";
import { writeWhole } from "../lib/wholeFile.ts";

const SLOTS = 8;
/** For so long a slot without an owner is one that somebody is just taking, in milliseconds. */
const CLAIMING = 10_000;

/** Where one testbed lives and how it is reached. */
export interface Instance {
  /** What the owner calls it; a checkout has one of each name. */
  readonly name: string;
  readonly slot: number;
  /** Everything that belongs to the running testbed; removed when it goes down. */
  readonly folder: string;
  readonly kubeconfig: string;
  /** Address of the node, seen from the host. */
  readonly nodeAddress: string;
  /** The host's end of the link to the node. */
  readonly hostAddress: string;
  /** The host's network device. */
  readonly device: string;
  /** Parent of all cgroups of the node. */
  readonly cgroup: string;
}

interface Owner {
  readonly checkout: string;
  readonly name: string;
  readonly folder: string;
}

const checkout = resolve(import.meta.dirname, "..");

/** Who has which slot; like the testbeds themselves, this does not outlive a restart of the machine. */
const registry = (): string => process.env.MESH_REGISTRY ?? "/run/mesh-testbed";
const slotFolder = (slot: number): string => join(registry(), String(slot));
const ownerFile = (slot: number): string => join(slotFolder(slot), "owner.json");
const instancesFolder = (): string => join(cacheFolder(), "instances");

/** The testbed of this name in this checkout, if there is one, in whatever state. */
export function findInstance(name: string): Instance | undefined {
  for (const slot of allSlots()) {
    const owner = ownerOf(slot);
    if (owner?.checkout === checkout && owner.name === name) return instanceAt(slot, owner);
  }
  return undefined;
}

/**
 * The testbed of this name in this checkout; a new one takes a free slot.
 * @throws Error that names the checkouts which hold all slots
 */
export function claimInstance(name: string): Instance {
  const found = findInstance(name);
  if (found) return found;
  mkdirSync(registry(), { recursive: true });
  for (const slot of allSlots()) {
    try {
      mkdirSync(slotFolder(slot));
    } catch {
      continue; // Somebody has it.
    }
    const owner = { checkout, name, folder: join(instancesFolder(), String(slot)) };
    writeWhole(ownerFile(slot), JSON.stringify(owner));
    return instanceAt(slot, owner);
  }
  const holders = allSlots().map((slot) => `  ${ownerOf(slot)?.checkout ?? "(being made)"}`);
  throw new Error(
    `all ${SLOTS} testbeds of this machine are taken; run \`make down\` in one of these checkouts:\n${holders.join("\n")}`,
  );
}

/** Gives the slot of a testbed that is gone to whoever comes next. */
export function releaseSlot({ slot }: Instance): void {
  rmSync(slotFolder(slot), { recursive: true, force: true });
  if (existsSync(registry()) && readdirSync(registry()).length === 0) rmdirSync(registry());
}

/** Testbeds whose checkout is gone, or which were being claimed when their maker was killed. */
export function abandonedInstances(): Instance[] {
  return allSlots().flatMap((slot) => {
    if (!existsSync(slotFolder(slot))) return [];
    const owner = ownerOf(slot);
    const claimed = Date.now() - statSync(slotFolder(slot)).mtimeMs < CLAIMING;
    if (owner ? existsSync(owner.checkout) : claimed) return [];
    return [instanceAt(slot, { name: "", folder: join(instancesFolder(), String(slot)), ...owner })];
  });
}

/** The folders of all testbeds of this machine, whichever checkout has them, and in whatever state they are. */
export const instanceFolders = (): string[] =>
  allSlots().flatMap((slot) =>
    existsSync(slotFolder(slot)) ? [ownerOf(slot)?.folder ?? join(instancesFolder(), String(slot))] : [],
  );

function instanceAt(slot: number, { name, folder }: Pick<Owner, "name" | "folder">): Instance {
  return {
    name,
    slot,
    folder,
    kubeconfig: join(folder, "kubeconfig"),
    nodeAddress: `10.250.${slot}.2`,
    hostAddress: `10.250.${slot}.1`,
    device: `testbed${slot}`,
    cgroup: `mesh-testbed-${slot}`,
  };
}

const allSlots = (): number[] => Array.from({ length: SLOTS }, (_, slot) => slot);

function ownerOf(slot: number): Owner | undefined {
  try {
    return JSON.parse(readFileSync(ownerFile(slot), "utf8")) as Owner;
  } catch {
    return undefined;
  }
}
