// One testbed belongs to one checkout. Instances share a machine by their slot: addresses, device and cgroup come from it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { cacheFolder } from "../lib/cache";

const SLOTS = 8;

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
}

const checkout = resolve(__dirname, "..");
const instances = (): string => join(cacheFolder(), "instances");
const ownerFile = (slot: number): string => join(instances(), String(slot), "owner.json");

/** The testbed of this name in this checkout, if there is one, in whatever state. */
export function findInstance(name: string): Instance | undefined {
  const slot = allSlots().find((candidate) => {
    const owner = ownerOf(candidate);
    return owner?.checkout === checkout && owner.name === name;
  });
  return slot === undefined ? undefined : instanceAt(slot, name);
}

/**
 * The testbed of this name in this checkout; a new one takes a free slot.
 * @throws Error that names the checkouts which hold all slots
 */
export function claimInstance(name: string): Instance {
  const found = findInstance(name);
  if (found) return found;
  mkdirSync(instances(), { recursive: true });
  for (const slot of allSlots()) {
    try {
      mkdirSync(join(instances(), String(slot)));
    } catch {
      continue; // Somebody has it.
    }
    writeFileSync(ownerFile(slot), JSON.stringify({ checkout, name } satisfies Owner));
    return instanceAt(slot, name);
  }
  const holders = allSlots().map((slot) => `  ${ownerOf(slot)?.checkout ?? "(being made)"}`);
  throw new Error(
    `all ${SLOTS} testbeds of this machine are taken; run \`make down\` in one of these checkouts:\n${holders.join("\n")}`,
  );
}

/** Testbeds whose checkout is gone, or whose making was interrupted before they had an owner. */
export function abandonedInstances(): Instance[] {
  return allSlots().flatMap((slot) => {
    if (!existsSync(join(instances(), String(slot)))) return [];
    const owner = ownerOf(slot);
    return owner && existsSync(owner.checkout) ? [] : [instanceAt(slot, owner?.name ?? "")];
  });
}

function instanceAt(slot: number, name: string): Instance {
  const folder = join(instances(), String(slot));
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
