/** New values by their paths in an object; undefined takes a value out. */
export type Changes = Readonly<Record<string, unknown>>;

/** The object with the changes made. */
export function changed<Value extends object>(object: Value, changes: Changes): Value {
  const copy = structuredClone(object);
  for (const [path, value] of Object.entries(changes)) set(copy, keysOf(path), value);
  return copy;
}

/** The paths of all values below a place. */
export function pathsIn(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [path];
  const below = Object.entries(value).map(([key, item]) =>
    pathsIn(item, Array.isArray(value) ? `${path}[${key}]` : `${path}["${key}"]`),
  );
  return [path, ...below.flat()];
}

function keysOf(path: string): (string | number)[] {
  return [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name ?? "") : Number(index),
  );
}

function set(root: unknown, keys: readonly (string | number)[], value: unknown): void {
  let place = root as Record<string | number, unknown>;
  const last = keys.at(-1) ?? "";
  for (const [index, key] of keys.slice(0, -1).entries()) {
    place = (place[key] ??= typeof keys[index + 1] === "number" ? [] : {}) as typeof place;
  }
  if (value === undefined && !Array.isArray(place)) Reflect.deleteProperty(place, last);
  else place[last] = value;
}
