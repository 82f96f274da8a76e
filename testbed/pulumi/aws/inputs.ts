import { CheckFailed, type CheckFailure } from "../provider/resource";
import { containsUnknown, reveal } from "../provider/values/secrets";
import type { Fields, Value } from "../provider/values/value";
import { problem, valueAt, type AwsType } from "./types/type";

/** The key under which the engine's state notes which inputs the plugin chose itself. */
export const CHOSEN = "__defaults";

/** The inputs with a name, where the type needs one and the program gives none: the old one, or the one that the engine proposes. */
export function withName({ autoname }: AwsType, olds: Fields, news: Fields, proposed: string): Fields {
  const property = autoname?.property;
  if (property === undefined || news[property] !== undefined || news[`${property}Prefix`] !== undefined) {
    return { ...news, [CHOSEN]: [] };
  }
  const kept = olds[CHOSEN]?.includes(property) ? olds[property] : undefined;
  const longest = autoname?.longest ?? proposed.length;
  return { ...news, [property]: kept ?? proposed.slice(-longest), [CHOSEN]: [property] };
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
    ...reservedTags(known.tags),
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

/** AWS keeps a prefix of tags for itself. */
function reservedTags(tags: Value): CheckFailure[] {
  const reserved = Object.keys(tags ?? {}).filter((key) => /^aws:/i.test(key));
  return reserved.map((key) => problem(`tags["${key}"]`, "keys that begin with aws: are reserved"));
}
