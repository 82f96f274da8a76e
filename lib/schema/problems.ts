import type { z } from "zod";
import { listOf } from "../untrusted.ts";

/** A wrong setting or argument. The words never quote its value, which may be a secret. */
export interface Problem {
  /** Where it stands in the stack file, e.g. `mesh:istio.ingressGateway.type`. */
  readonly path: string;
  /** What is wrong, and the way out. */
  readonly reason: string;
}

/** More than anybody reads at once. */
const MOST = 50;

/** All that is wrong in a stack file, in the words of one error. */
export function wrongSettings(file: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 setting is" : `${problems.length} settings are`;
  const lines = problems.slice(0, MOST).map(({ path, reason }) => `  ${path} ${reason}`);
  const rest = problems.length > MOST ? [`  … and ${problems.length - MOST} more`] : [];
  return [`${count} wrong in ${file}:`, ...lines, ...rest].join("\n");
}

/** Keys and indices that lead to a setting. */
export type Path = readonly PropertyKey[];

/** A path as the stack file and `pulumi config set --path` write it: `a.b[0]["c.d"]`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const name = String(key);
    if (!/^[\w-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === "" ? name : `${text}.${name}`;
  }, "");
}

/** What the schema found wrong, in words; `noun` is what a key of it is called, e.g. `setting`. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], root: unknown, noun: string): Finding[] {
  return issues.flatMap((issue) => {
    const { path, message } = issue;
    switch (issue.code) {
      case "unrecognized_keys": {
        const known = knownKeys(issue);
        return issue.keys.map((key) => {
          const meant = didYouMean(key, known);
          const hint = meant === undefined ? `there are ${known.join(", ")}` : `did you mean ${meant}?`;
          return { path: [...path, key], reason: `is no ${noun}; ${hint}` };
        });
      }
      case "custom":
        return [{ path, reason: message }];
      default: {
        const value = valueAt(root, path);
        if (value === ENCRYPTED && couldBeString(issue)) return [];
        return [
          { path, reason: value === undefined ? `is missing; it ${message}` : `${message}; it is ${kindOf(value)}` },
        ];
      }
    }
  });
}

/** The keys that a map may have, which `section` notes where there are others in it. */
function knownKeys(issue: z.core.$ZodIssue): readonly string[] {
  return "known" in issue ? listOf(issue.known).map(String) : [];
}

/** A problem before its path is written out. */
export interface Finding {
  readonly path: Path;
  readonly reason: string;
}

/** Whether a secret's value, once decrypted, could be what the issue asks for: it is a string of any kind then. */
function couldBeString(issue: z.core.$ZodIssue): boolean {
  if (issue.code === "invalid_union") return issue.errors.some((branch) => branch.every(couldBeString));
  return issue.code === "invalid_type" && issue.expected === "string";
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (Object(value) as Record<PropertyKey, unknown>)[key], root);
}

/** A value encrypted in the stack file, where only its presence is known. */
export const ENCRYPTED = Symbol("encrypted");

/** Whether the engine takes it for an encrypted value: a map of one key, with a text. */
export const isEncrypted = (value: unknown): value is { readonly secure: string } =>
  hasOnlySecure(value) && typeof value.secure === "string";

const hasOnlySecure = (value: unknown): value is { readonly secure: unknown } =>
  typeof value === "object" && value !== null && Object.keys(value).join() === "secure";

/** What sort of value it is, in the words of the stack file. */
export function kindOf(value: unknown): string {
  if (value === ENCRYPTED) return "a secret";
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return value === "" ? "an empty string" : "a string";
    case "number":
      return "a number";
    case "boolean":
      return "a boolean";
    default:
      return hasOnlySecure(value) && !isEncrypted(value) ? "a map whose `secure` is no encrypted text" : "a map";
  }
}

/** Nobody mistypes a longer name; and to compare long texts takes long. */
const LONGEST_NAME = 64;

/** The known name that was probably meant, if one is near enough. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const [best] = known
    .filter((candidate) => Math.abs(candidate.length - name.length) <= furthest(candidate))
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance, candidate }) => distance <= furthest(candidate))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

const furthest = (candidate: string): number => Math.max(1, Math.floor(candidate.length / 3));

/** How many letters have to be put in, left out, changed or swapped with the next to make one word of the other. */
export function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swap = isSwapped ? at(row - 2, column - 2) + 1 : Infinity;
      current.push(Math.min(change, swap, at(row - 1, column) + 1, (current[column - 1] ?? 0) + 1));
    }
    rows.push(current);
  }
  return at(a.length, b.length);
}
