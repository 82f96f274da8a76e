import type { Field } from "../../../model/field.ts";
import type { Finding } from "../../../engine/rule.ts";
import { nanosecondsOf } from "../../../../istio/durations.ts";
import { at } from "../../../values/verdicts.ts";

/**
 * What is certainly wrong with a part of Envoy's configuration: what can be patched has a text for its name and durations
 * for its timeouts, and what is typed says its type. The rest of Envoy's API is for istiod to judge.
 */
export function* envoyValueFindings(value: Field): Generator<Finding> {
  const name = value.at("name");
  if (name.isPresent() && name.valueType() !== "text") yield at(name, "write the name as a string, in quotes");
  for (const key of ["typed_config", "typedConfig"]) {
    const typed = value.at(key);
    if (typed.isPresent() && typed.at("@type").isAbsent()) yield at(typed, "add its type as @type");
  }
  for (const [key, timeout] of value.entries()) {
    const text = /(_t|T)imeout$/.test(key) ? timeout.string() : undefined;
    if (text !== undefined && nanosecondsOf(text) === undefined) yield at(timeout, "write a duration, such as 5s");
  }
  for (const type of unknownTypes(value)) yield at(type, "write a type of Envoy's v3 API: Istio knows no other");
}

/** Places that name a type which Istio certainly does not know: it knows version 3 of Envoy's API only. */
function* unknownTypes(value: Field): Generator<Field> {
  for (const item of value.items()) yield* unknownTypes(item);
  for (const [key, below] of value.entries()) {
    if (key === "@type" && below.isPresent() && !namesKnowable(below.string() ?? "")) yield below;
    yield* unknownTypes(below);
  }
}

/** The first words of the names of messages that are compiled into istiod. */
const PACKAGES = new Set(["cel", "envoy", "google", "io", "istio", "opencensus", "opentelemetry", "udpa", "xds"]);

/** istiod reads a type from the last slash on. */
function namesKnowable(type: string): boolean {
  const message = type.slice(type.lastIndexOf("/") + 1);
  const [first = ""] = message.split(".");
  if (!/^[a-z]\w*(\.\w+)+$/.test(message) || !PACKAGES.has(first)) return false;
  return first !== "envoy" || /\.v3(alpha)?\./.test(message);
}
