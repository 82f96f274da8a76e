import { envoyMessage, envoyMessageNames } from "../../../../istio/envoyTypes.ts";
import { editDistance } from "../../../../lib/schema/problems.ts";
import type { Field } from "../../../model/field.ts";

/** The name of the message that an address such as `type.googleapis.com/envoy.config.core.v3.Address` ends in. */
export function messageOf(address: string): string {
  return address.slice(address.lastIndexOf("/") + 1);
}

/** Messages that bring fields in a struct, and the address of their type beside it. */
export function isTypedStruct(name: string): boolean {
  return name === "udpa.type.v1.TypedStruct" || name === "xds.type.v3.TypedStruct";
}

/** What is wrong with a place that has to name a type which istiod knows. */
export function typeProblem(type: Field): string | undefined {
  if (type.isAbsent()) return "add the type of this message as @type";
  const name = messageOf(type.string() ?? "");
  if (envoyMessage(name) !== undefined) return undefined;
  const meant = typeMeant(name);
  const hint = meant === undefined ? "look for it in Envoy's v3 API" : `did you mean type.googleapis.com/${meant}?`;
  return `istiod knows no such type; ${hint}`;
}

/** So many letters of a long name may be wrong. */
const MISTYPED = 3;

/** The message that was probably meant: one with almost this name, or the nearest that is called so in another package. */
function typeMeant(name: string): string | undefined {
  if (name.length > 200) return undefined;
  const last = (full: string) => full.slice(full.lastIndexOf(".") + 1).toLowerCase();
  const [best] = envoyMessageNames()
    .map((known) => ({ known, isNamesake: last(known) === last(name) }))
    .filter(({ known, isNamesake }) => isNamesake || Math.abs(known.length - name.length) <= MISTYPED)
    .map((one) => ({ ...one, distance: editDistance(name, one.known) }))
    .filter(({ isNamesake, distance }) => isNamesake || distance <= MISTYPED)
    .sort((one, other) => one.distance - other.distance);
  return best?.known;
}
