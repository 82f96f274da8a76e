import { keysOf } from "./difference.ts";
import { isFields, type Value } from "./value.ts";

/** What `live` says about the fields that `shape` names: an object of the cluster without all that others set. */
export function select(live: Value, shape: Value): Value {
  if (Array.isArray(live) && Array.isArray(shape)) {
    return live.map((item, index) => (index < shape.length ? select(item, shape[index]) : item));
  }
  if (!isFields(live) || !isFields(shape)) return live;
  const kept = Object.keys(shape).filter((key) => key in live || isEmpty(shape[key]));
  return Object.fromEntries(kept.map((key) => [key, key in live ? select(live[key], shape[key]) : shape[key]]));
}

/** A server may drop empty values: they mean the same as none. */
function isEmpty(value: Value): boolean {
  return !value || (typeof value === "object" && Object.keys(value).length === 0);
}

/** Makes `target` say at `path` what `source` says there, be it nothing. */
export function copyPath(target: Value, source: Value, path: string): void {
  const keys = keysOf(path);
  const last = keys.pop();
  for (const key of keys) {
    target = target?.[key];
    source = source?.[key];
  }
  if (last === undefined || typeof target !== "object" || target === null) return;
  if (source?.[last] !== undefined) target[last] = source[last];
  else if (Array.isArray(target)) target.splice(Number(last), 1);
  else Reflect.deleteProperty(target, last);
}
