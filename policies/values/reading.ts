import type { Field } from "../model/field.ts";

/*
 * How Istio reads a field: an empty text, list or map is the same as none. Each of these is sure of what it says: of an
 * unknown value neither that it is there nor that it is missing.
 */

/** Whether certainly no text is here. */
export function lacksText(field: Field): boolean {
  return field.isAbsent() || field.string() === "";
}

/** Whether certainly a text is here. */
export function hasText(field: Field): boolean {
  return (field.string() ?? "") !== "";
}

/** Whether certainly nothing is in the list or the map here. */
export function lacksItems(field: Field): boolean {
  return field.isAbsent() || (["list", "map"].includes(field.valueType()) && sizeOf(field) === 0);
}

/** Whether certainly something is in the list or the map here. */
export function hasItems(field: Field): boolean {
  return sizeOf(field) > 0;
}

/** The API server drops an empty entry of a map. */
function sizeOf(field: Field): number {
  return field.items().length + field.entries().filter(([, value]) => !value.isAbsent()).length;
}

/**
 * All places that a path leads to and where certainly something is: `http[].route[].destination` goes through the items of
 * lists, `headers{}` through the values of maps.
 */
export function places(from: Field, path: string): Field[] {
  let found = [from];
  for (const { key, through } of stepsOf(path)) {
    const next: Field[] = [];
    for (const field of found) {
      const place = field.at(key);
      if (through === "items") next.push(...place.items());
      else if (through === "values") next.push(...place.entries().map(([, value]) => value));
      else next.push(place);
    }
    if (next.length === 0) return next;
    found = next;
  }
  return found.filter((field) => field.isPresent());
}

interface Step {
  readonly key: string;
  readonly through: "items" | "values" | "the place";
}

/** Paths are constants of the rules, and each is taken apart once. */
const steps = new Map<string, readonly Step[]>();

function stepsOf(path: string): readonly Step[] {
  let known = steps.get(path);
  if (known === undefined) {
    known = path.split(".").map((step) => ({
      key: step.replace(/\[\]$|\{\}$/, ""),
      through: step.endsWith("[]") ? "items" : step.endsWith("{}") ? "values" : "the place",
    }));
    steps.set(path, known);
  }
  return known;
}

/** The places of several paths. */
export function allPlaces(from: Field, ...paths: readonly string[]): Field[] {
  return paths.flatMap((path) => places(from, path));
}

/** Those after the first of the places that hold the same text. */
export function repeated(fields: Iterable<Field>): Field[] {
  const seen = new Set<string | number>();
  return [...fields].filter((field) => {
    const value = field.string() ?? field.number();
    if (value === undefined) return false;
    const again = seen.has(value);
    seen.add(value);
    return again;
  });
}
