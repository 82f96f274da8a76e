import awsData from "../../../components/cluster/eks/aws.json" with { type: "json" };
import { CheckFailed, type Call, type CheckFailure } from "../provider/resource.ts";
import { containsUnknown, reveal } from "../provider/values/secrets.ts";
import type { Fields, Value } from "../provider/values/value.ts";
import { problem, valueAt, type AwsType } from "./types/type.ts";

const { lengths } = awsData;

/** The key under which the engine's state notes which inputs the plugin chose itself. */
export const CHOSEN = "__defaults";

/** How many random digits the real plugin puts behind the name of a resource. */
const RANDOM_DIGITS = 7;

/**
 * The inputs with a name, where the type needs one and the program gives none: the old one, or one that begins with the
 * resource's.
 *
 * @throws Error where that one is too long: the real plugin shortens none
 */
export function withName({ autoname }: AwsType, olds: Fields, news: Fields, call: Named): Fields {
  const property = autoname?.property;
  if (property === undefined || news[property] !== undefined || news[`${property}Prefix`] !== undefined) {
    return { ...news, [CHOSEN]: [] };
  }
  const kept = olds[CHOSEN]?.includes(property) ? olds[property] : undefined;
  return { ...news, [property]: kept ?? newName(call, autoname?.longest ?? 255), [CHOSEN]: [property] };
}

type Named = Pick<Call, "type" | "autoname">;

function newName({ type, autoname }: Named, longest: number): string {
  const name = autoname(RANDOM_DIGITS);
  if (name.length <= longest) return name;
  const start = name.slice(0, -RANDOM_DIGITS);
  throw new Error(
    `could not make instance of '${type}': name '${start}' plus ${RANDOM_DIGITS} random chars is longer than maximum length ${longest}`,
  );
}

/** @throws CheckFailed with everything that the real plugin would refuse before it calls AWS; what is not known yet is let pass */
export function mustBeValid(type: AwsType, inputs: Fields): void {
  const known = reveal(inputs);
  const failures = [
    ...(type.required ?? [])
      .filter((property) => isMissing(known[property]))
      .map((property) => problem(property, `Missing required argument. The argument "${property}" is required.`)),
    ...(type.conflicts ?? []).flatMap((group) => conflicts(group, known)),
    ...(type.oneOf ?? []).flatMap((group) => [...conflicts(group, known), ...absences(group, known)]),
    ...Object.entries(type.values ?? {}).flatMap(([path, allowed]) => unheard(path, allowed, valueAt(known, path))),
    ...Object.entries(type.lengths ?? {}).flatMap(([path, longest]) => tooLong(path, longest, valueAt(known, path))),
    ...wrongTags(known.tags),
    ...(containsUnknown(known) ? [] : (type.problems?.(known) ?? [])),
  ];
  if (failures.length > 0) throw new CheckFailed(failures);
}

const isMissing = (value: Value): boolean => value === undefined || value === null;

const given = (group: readonly string[], inputs: Fields): string[] =>
  group.filter((property) => !isMissing(inputs[property]));

function conflicts(group: readonly string[], inputs: Fields): CheckFailure[] {
  const [first, second] = given(group, inputs);
  if (first === undefined || second === undefined) return [];
  return [problem(first, `Conflicting configuration arguments: "${first}": conflicts with ${second}`)];
}

function absences(group: readonly string[], inputs: Fields): CheckFailure[] {
  if (given(group, inputs).length > 0) return [];
  return [problem(group[0] ?? "", `Missing required argument: one of ${group.join(", ")} must be specified`)];
}

function unheard(path: string, allowed: readonly Value[], value: Value): CheckFailure[] {
  if (isMissing(value) || containsUnknown(value) || allowed.includes(value)) return [];
  return [problem(path, `expected ${path} to be one of [${allowed.join(" ")}], got ${value}`)];
}

function tooLong(path: string, longest: number, value: Value): CheckFailure[] {
  if (typeof value !== "string" || containsUnknown(value) || value.length <= longest) return [];
  return [problem(path, `expected length of ${path} to be in the range (1 - ${longest}), got ${value}`)];
}

/** Those of IAM have the lengths that tags have everywhere; AWS keeps a prefix for itself. */
function wrongTags(tags: Value): CheckFailure[] {
  return Object.entries((tags ?? {}) as Fields).flatMap(([key, value]) => {
    const path = `tags["${key}"]`;
    if (/^aws:/i.test(key)) return [problem(path, "keys that begin with aws: are reserved")];
    return [...tooLong(path, lengths.iam.tagKeyType, key), ...tooLong(path, lengths.iam.tagValueType, value)];
  });
}
