import { Secret } from "@pulumi/policy";
import type { Remedy } from "./rule.ts";

type Properties = Record<string, unknown>;

/**
 * Puts values into the properties of a resource, as the engine hands them to a remediation.
 *
 * @returns the properties, or nothing where there is nothing to do, or something of it is inside a secret
 * @throws UnknownValueError if a place on the way is not known yet
 */
export function applyRemedies(properties: Properties, remedies: Iterable<Remedy>): Properties | undefined {
  let changed = false;
  for (const { path, value } of remedies) {
    const place = placeOf(properties, path.slice(0, -1));
    const last = path.at(-1);
    if (place === undefined || last === undefined) continue;
    place[last] = value;
    changed = true;
  }
  return changed ? properties : undefined;
}

function placeOf(properties: Properties, path: readonly string[]): Properties | undefined {
  let place = properties;
  for (const key of path) {
    place[key] ??= {};
    const next = place[key];
    if (typeof next !== "object" || next === null || next instanceof Secret) return undefined;
    place = next as Properties;
  }
  return place;
}
