// Where two objects differ.
import { isMap, type Untrusted } from "../../lib/untrusted.ts";

/** A place at which two objects differ. */
export interface Difference {
  readonly path: string;
  readonly op: "added" | "removed" | "changed";
  readonly before: unknown;
  readonly after: unknown;
}

/** The places, each as high up as it can be: of what is new as a whole, nothing below it is named. */
export function differences(before: unknown, after: unknown, path = ""): Difference[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
    return keys.flatMap((key) => differences(before[key], after[key], joined(path, key)));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, next] = [byName(before), byName(after)];
    if (old !== undefined && next !== undefined) {
      const names = [...new Set([...old.keys(), ...next.keys()])];
      return names.flatMap((name) => differences(old.get(name), next.get(name), `${path}[${name}]`));
    }
    const count = Math.max(before.length, after.length);
    return Array.from({ length: count }, (_, index) =>
      differences(before[index], after[index], `${path}[${index}]`),
    ).flat();
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  // Nothing, and a field that is null, are the same to the API.
  const [isOld, isNew] = [before ?? undefined, after ?? undefined].map((value) => value !== undefined);
  if (isOld === false && isNew === false) return [];
  return [{ path, op: isOld === false ? "added" : isNew === false ? "removed" : "changed", before, after }];
}

const joined = (path: string, key: string): string => {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
};

/** Items by their names, whose order means nothing; nothing where some have none, or two the same. */
function byName(items: readonly unknown[]): ReadonlyMap<string, Untrusted> | undefined {
  const named = new Map(
    items.flatMap((item) => (isMap(item) && typeof item.name === "string" ? [[item.name, item] as const] : [])),
  );
  return named.size === items.length ? named : undefined;
}
