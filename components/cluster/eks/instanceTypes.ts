import { didYouMean } from "../../../lib/schema/problems.ts";
import awsData from "./aws.json" with { type: "json" };

const { asOf, instanceTypes } = awsData;

/* What is known of instance types by their names alone, without asking AWS: a family such as m7g, and a size such as large. */

const families: Readonly<Record<string, readonly string[]>> = instanceTypes;

function parts(type: string): { readonly family: string; readonly size: string } {
  const [family = "", size = ""] = type.split(".");
  return { family, size };
}

/** What makes nodes of a type useless, or AWS refuse it; nothing where nothing is known. */
export function typeProblem(type: string): string | undefined {
  const { family, size } = parts(type);
  if (family.startsWith("mac")) return "is a Mac, which cannot be a node: take another type, such as m7g.large";
  // GPUs, AWS's own chips for learning, chips for videos, and those that are programmed.
  if (/^(p|g|gr|inf|trn|dl|vt|f)\d/.test(family)) {
    return "has chips that the images of nodes here bring no drivers for: take a type without, such as m7g.large";
  }
  // A pod takes an address; network plugin, kube-proxy, Pod Identity and the volumes' driver count as pods of each node.
  if (["nano", "micro", "small"].includes(size)) {
    return "has room for 4 to 11 pods, of which each node needs 4 itself, so that add-ons find none: take a medium one or larger";
  }
  return spellingProblem(type);
}

/**
 * Families of before 2018, which do not run on Nitro.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html
 */
const BEFORE_NITRO = /^(c[134]|cr1|d2|h1|hs1|i[23]|m[1-4]|r[34]|t[12]|x1e?)$/;

/** Whether a type can have prefixes of addresses, without which there is no IPv6. */
export function isOnNitro(type: string): boolean {
  const { family, size } = parts(type);
  return size === "metal" || !BEFORE_NITRO.test(family);
}

/** A name that is near one in the list is taken for a slip, unless it is of another generation: those come every year. */
function spellingProblem(type: string): string | undefined {
  const { family, size } = parts(type);
  const sizes = Object.hasOwn(families, family) ? families[family] : undefined;
  if (sizes?.includes(size)) return undefined;
  if (sizes) {
    const meant = didYouMean(size, sizes);
    return unknown(meant === undefined ? `its family has ${sizes.join(", ")}.` : `did you mean ${family}.${meant}?`);
  }
  const generation = digits(family);
  const alike = Object.keys(families).filter((each) => digits(each) === generation && families[each]?.includes(size));
  const meant = didYouMean(family, alike);
  return meant === undefined ? undefined : unknown(`did you mean ${meant}.${size}?`);
}

const unknown = (hint: string): string =>
  `is no instance type of AWS's; ${hint} One that is newer than ${asOf}, \`make aws-data\` adds to the list`;

const digits = (text: string) => text.replaceAll(/\D/g, "");

/** Whether the list of instance types knows nothing of a type, not even its family. */
export function isUnlisted(type: string): boolean {
  return !Object.hasOwn(families, parts(type).family);
}

/** Gibibytes of memory for each virtual processor, by the kind of family. */
const MEMORY: Readonly<Record<string, number>> = { c: 2, m: 4, t: 4, r: 8 };

/** Whether two types have as many processors and, where that is known, as much memory. */
export function areEquallyBig(one: string, other: string): boolean {
  const [a, b] = [bignessOf(one), bignessOf(other)];
  const isMemoryKnown = a.memory !== undefined && b.memory !== undefined;
  return a.processors === b.processors && (!isMemoryKnown || a.memory === b.memory);
}

function bignessOf(type: string): { readonly processors: number | string; readonly memory?: number } {
  const { family, size } = parts(type);
  const [kind = ""] = /^[a-z]+/.exec(family) ?? [];
  // The small ones of the kind t have two processors, whatever their memory.
  if (kind === "t" && size === "medium") return { processors: 2, memory: 4 };
  const processors = processorsOf(size);
  const memory = MEMORY[kind];
  if (typeof processors === "string" || memory === undefined) return { processors };
  return { processors, memory: processors * memory };
}

function processorsOf(size: string): number | string {
  if (size === "medium") return 1;
  if (size === "large") return 2;
  const [, times] = /^(\d*)xlarge$/.exec(size) ?? [];
  return times === undefined ? size : 4 * Number(times || 1);
}
