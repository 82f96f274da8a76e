import { isFields, type Value } from "./value.ts";

/** One leaf in which two values differ; `path` is in the engine's notation, e.g. `spec.ports[0]["app.kubernetes.io/name"]`. */
export interface Difference {
  readonly path: string;
  readonly change: "ADD" | "DELETE" | "UPDATE";
}

/** Every leaf that `after` adds, removes or changes. */
export function differences(before: Value, after: Value, path = ""): Difference[] {
  if (before === after) return [];
  if (before === undefined) return [{ path, change: "ADD" }];
  if (after === undefined) return [{ path, change: "DELETE" }];
  if (Array.isArray(before) && Array.isArray(after)) {
    const indices = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index);
    return indices.flatMap((index) => differences(before[index], after[index], `${path}[${index}]`));
  }
  if (isFields(before) && isFields(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(before[key], after[key], append(path, key)));
  }
  return [{ path, change: "UPDATE" }];
}

export const isEqual = (left: Value, right: Value): boolean => differences(left, right).length === 0;

/** Whether `path` is `parent` or lies below it. */
export const isWithin = (path: string, parent: string): boolean =>
  path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);

/** The first part of a path: the property of the resource. */
export const topLevel = (path: string): string => keysOf(path)[0]?.toString() ?? path;

/** The keys and indices along a path. */
export function keysOf(path: string): (string | number)[] {
  const parts = path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g);
  return [...parts].map(([, quoted, index, plain]) => quoted?.replaceAll(/\\(.)/g, "$1") ?? plain ?? Number(index));
}

function append(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}["${key.replaceAll(/["\\]/g, "\\$&")}"]`;
  return path === "" ? key : `${path}.${key}`;
}
