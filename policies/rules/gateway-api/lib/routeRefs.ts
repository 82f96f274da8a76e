import type { Field } from "../../../model/field.ts";

/** The namespace that a route's reference names, the route's own if none; nothing if it is unknown. */
export function namespaceOf(ref: Field, own: string): string | undefined {
  const place = ref.at("namespace");
  return place.isAbsent() || place.string() === "" ? own : place.string();
}
