import { inCamelCase, type Bound, type EnvoyField, type EnvoyMessage } from "../../../../istio/envoyTypes.ts";
import { nanosecondsOf } from "../../../../istio/durations.ts";
import { list } from "../../../../lib/list.ts";
import type { Field } from "../../../model/field.ts";
import type { EnvoyMismatch } from "./envoyMismatches.ts";

/**
 * What Envoy asks of the fields of a message: it takes no listener, cluster or route that does not have them so.
 *
 * @param isWhole - whether the message is all that there is, rather than merged into another one
 */
export function* demandMismatches(
  field: Field,
  message: EnvoyMessage,
  type: string,
  isWhole: boolean,
): Generator<EnvoyMismatch> {
  const fields = new Set(message.values());
  const name = type.replace(/^.*?\.(?=[A-Z])/, "");
  for (const one of fields) {
    const place = placeOf(field, one);
    if (place.isUnknown()) continue;
    const bounds = one.holds === "one" && place.isPresent() ? boundsMissed(place, one) : undefined;
    if (bounds !== undefined) yield { field: place, topic: "not taken", message: bounds };
    else if (isWhole && lacks(place, one)) {
      yield { field: place, topic: "not taken", message: `set ${one.name}: Envoy takes no ${name} without it` };
    }
  }
  if (isWhole) yield* groupsMissed(field, fields, name);
}

/** Of a group of fields one has to be set. */
function* groupsMissed(field: Field, fields: ReadonlySet<EnvoyField>, name: string): Generator<EnvoyMismatch> {
  const needed = [...fields].filter(({ needsOneof }) => needsOneof);
  for (const group of new Set(needed.map(({ oneof }) => oneof))) {
    const ofGroup = needed.filter(({ oneof }) => oneof === group);
    if (ofGroup.some((one) => !placeOf(field, one).isAbsent())) continue;
    const names = ofGroup.map((one) => one.name);
    const what = names.length > MOST ? `one of the fields of ${name} that exclude each other` : `one of ${list(names)}`;
    const said = names.length === 1 ? (names[0] ?? "") : what;
    yield { field, topic: "not taken", message: `set ${said}: Envoy takes no ${name} without it` };
  }
}

/** Longer lists nobody reads. */
const MOST = 12;

/** Where the field is, in the spelling that is used. */
function placeOf(field: Field, { name }: EnvoyField): Field {
  const inJson = field.at(inCamelCase(name));
  return inJson.isAbsent() ? field.at(name) : inJson;
}

/** Whether a field that has to be there is not, or has nothing in it. */
function lacks(place: Field, { isRequired, bounds, type, oneof, holds }: EnvoyField): boolean {
  if (place.isAbsent()) {
    // Of fields that exclude each other, another one may be there. A number that is not there is 0, unless it comes in a message.
    const isNumber = holds === "one" && !type.includes(".");
    return oneof === undefined && (isRequired || (isNumber && bounds.some((bound) => !keeps(0, bound))));
  }
  if (!isRequired) return false;
  if (holds === "list") return place.valueType() === "list" && place.items().length === 0;
  if (holds !== "one") return place.valueType() === "map" && place.keys().length === 0;
  return place.string() === "" && (type === "string" || type === "bytes");
}

const WORDS: Readonly<Record<Bound["by"], string>> = {
  ">": "above",
  ">=": "of at least",
  "<": "below",
  "<=": "of at most",
};

function boundsMissed(place: Field, { bounds, type }: EnvoyField): string | undefined {
  const isDuration = type === "google.protobuf.Duration";
  const value = isDuration ? secondsOf(place) : numberOf(place);
  if (value === undefined || bounds.every((bound) => keeps(value, bound))) return undefined;
  const unit = isDuration ? "s" : "";
  const said = bounds.map(({ by, limit }) => `${WORDS[by]} ${limit}${unit}`).join(" and ");
  return `use a ${isDuration ? "duration" : "number"} ${said}: Envoy takes no other`;
}

function keeps(value: number, { by, limit }: Bound): boolean {
  switch (by) {
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
  }
}

function secondsOf(place: Field): number | undefined {
  const nanoseconds = nanosecondsOf(place.string() ?? "");
  return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1e9;
}

function numberOf(place: Field): number | undefined {
  const text = place.string();
  const value = text === undefined || text === "" ? place.number() : Number(text);
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
