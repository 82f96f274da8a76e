import { list } from "../../../lib/list.ts";
import { defaultZones, maxZones } from "./cidrs.ts";

/**
 * Zones in which EKS has no control planes, by the ids that are the same in every account; letters are not.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html#cluster-subnets
 */
const WITHOUT_EKS = ["use1-az3", "usw1-az2", "cac1-az3"];

/** The zones of a region as an account sees them, as AWS lists them: the names and ids of the same zones. */
export interface Zones {
  readonly names: readonly string[];
  readonly zoneIds: readonly string[];
}

/**
 * What is wrong with the zones of a network that is to be made, with some that are right.
 *
 * @param wanted their letters; nothing where the stack file leaves them out
 */
export function zonesProblem(region: string, wanted: readonly string[] | undefined, zones: Zones): string | undefined {
  // Beside those there are Local Zones and the like, which have longer names.
  const letters = zones.names
    .map((name, index) => ({ letter: name.slice(region.length), id: zones.zoneIds[index] ?? "" }))
    .filter(({ letter }, index) => zones.names[index]?.startsWith(region) === true && /^[a-z]$/.test(letter))
    .filter(({ id }) => !WITHOUT_EKS.includes(id))
    .map(({ letter }) => letter)
    .sort();
  const missing = (wanted ?? defaultZones).filter((letter) => !letters.includes(letter));
  if (missing.length === 0) return undefined;
  const those = `${region} has for clusters of this account: ${list(letters, "and")}`;
  const wayOut = `[${letters.slice(0, maxZones).join(", ")}]`;
  return wanted === undefined
    ? `is missing: by default it is [${defaultZones.join(", ")}], and ${list(missing, "and")} is not among those that ${those}; write ${wayOut}`
    : `must be of those that ${those}; ${list(missing, "and")} is not among them; write ${wayOut}, where there are no subnets yet that would be replaced`;
}
