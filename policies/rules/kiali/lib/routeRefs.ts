import type { Field } from "../../../field";

/** The namespace that a route's reference names, the route's own if none; nothing if it is unknown. */
export function namespaceOf(ref: Field, own: string): string | undefined {
  const place = ref.at("namespace");
  return place.isAbsent() || place.text() === "" ? own : place.text();
}
