import { didYouMean } from "../../lib/schema/problems.ts";
import { asInCel, breaks } from "../../istio/celRules.ts";
import { list } from "../../lib/list.ts";
import type { Field } from "../model/field.ts";
import { MILLISECOND, nanosecondsOf } from "../../istio/durations.ts";
import type {
  DurationFormat,
  FieldsShape,
  ListShape,
  MapShape,
  NumberShape,
  Shape,
  TextShape,
} from "../../istio/shape.ts";

/** Something that does not fit the shape of its place. */
export interface Mismatch {
  readonly field: Field;
  /** Whether the field's name is wrong, what kind of value it holds, or the value. */
  readonly topic: "name" | "type" | "value";
  /** The way out. */
  readonly message: string;
}

/** All that does not fit. What is not known yet fits. */
export function* mismatches(field: Field, shape: Shape): Generator<Mismatch> {
  let fits = true;
  for (const found of shapeMismatches(field, shape)) {
    fits = false;
    yield found;
  }
  // The API server runs rules on what fits its shape only.
  if (!fits || shape.rules === undefined) return;
  const data = field.data();
  if (data === undefined) return;
  const self = asInCel(data, shape);
  for (const { rule, message } of shape.rules) {
    if (breaks(rule, self)) yield { field, topic: "value", message: `keep to what the API asks for: ${message}` };
  }
}

function* shapeMismatches(field: Field, shape: Shape): Generator<Mismatch> {
  if (field.isUnknown()) return;
  const found = field.valueType();
  if (found !== VALUE_OF[shape.is]) {
    yield { field, topic: "type", message: `use ${NAME_OF[shape.is]} instead of ${WORDS[found]}` };
    return;
  }
  switch (shape.is) {
    case "text":
      yield* textMismatches(field, shape);
      break;
    case "number":
    case "whole number":
      yield* numberMismatches(field, shape);
      break;
    case "list":
      yield* listMismatches(field, shape);
      break;
    case "map":
      yield* mapMismatches(field, shape);
      break;
    case "fields":
      yield* fieldsMismatches(field, shape);
  }
}

const VALUE_OF: Readonly<Record<Shape["is"], ReturnType<Field["valueType"]>>> = {
  text: "text",
  number: "number",
  "whole number": "number",
  list: "list",
  map: "map",
  "any map": "map",
  fields: "map",
  "true or false": "boolean",
};

const NAME_OF: Readonly<Record<Shape["is"], string>> = {
  text: "a string, in quotes,",
  number: "a number",
  "whole number": "a whole number",
  list: "a list",
  map: "a map",
  "any map": "a map",
  fields: "a map",
  "true or false": "true or false, without quotes,",
};

const WORDS: Readonly<Record<ReturnType<Field["valueType"]>, string>> = {
  absent: "nothing",
  boolean: "a boolean",
  list: "a list",
  map: "a map",
  number: "a number",
  text: "a string",
  unknown: "an unknown value",
};

/** The API server drops an entry whose value is empty, but of an empty map istiod's webhook says that it is none. */
function* mapMismatches(field: Field, shape: MapShape): Generator<Mismatch> {
  const isDropped = (value: Field) => shape.of.is !== "fields" && value.isAbsent();
  const values = field.entries().flatMap(([, value]) => (isDropped(value) ? [] : [value]));
  yield* sizeMismatches(field, values.length, shape, "entries");
  for (const value of values) yield* mismatches(value, shape.of);
}

function* fieldsMismatches(field: Field, { fields, required, exclusive }: FieldsShape): Generator<Mismatch> {
  for (const [name, value] of field.entries()) {
    const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (shape === undefined) {
      yield { field: value, topic: "name", message: unknownName(name, Object.keys(fields)) };
    } else if (!value.isAbsent()) {
      // The API server takes an empty value of a field for none.
      yield* mismatches(value, shape);
    }
  }
  for (const name of required) {
    const place = field.at(name);
    if (place.isAbsent() && fields[name]?.default === undefined)
      yield { field: place, topic: "type", message: "add this required field" };
  }
  for (const group of exclusive) {
    const set = group.map((name) => field.at(name)).filter((place) => place.isPresent());
    for (const place of set.slice(1)) {
      yield { field: place, topic: "value", message: `set only one of ${list(group)}` };
    }
  }
}

/** What is said of a field that is not there, beside those that are. */
export function unknownName(name: string, known: readonly string[]): string {
  const meant = didYouMean(name, known);
  const hint = meant === undefined ? `the known fields are ${list(known)}` : `did you mean ${meant}?`;
  return `there is no such field here, and the API server drops it silently; ${hint}`;
}

function* textMismatches(field: Field, shape: TextShape): Generator<Mismatch> {
  const message = textProblem(field.string() ?? "", shape);
  if (message !== undefined) yield { field, topic: "value", message };
}

function textProblem(text: string, { min = 0, max = Infinity, pattern, oneOf, format }: TextShape): string | undefined {
  // The API server counts characters, not the units of UTF-16.
  const length = Array.from(text).length;
  if (oneOf?.includes(text) === false) return `use one of ${list(oneOf)}, in this spelling`;
  if (length < min) return "set a value, or remove this field";
  if (length > max) return `use at most ${max} characters`;
  if (pattern?.test(text) === false) return `use a value that matches ${String(pattern)}`;
  if (format === undefined) return undefined;
  if (format !== "base64") return durationProblem(text, format);
  return /^[\w+/-]*={0,2}$/.test(text) ? undefined : "encode the bytes in base64";
}

function durationProblem(text: string, format: DurationFormat): string | undefined {
  const length = nanosecondsOf(text);
  if (length === undefined) return "use a duration with a unit, such as 250ms, 5s, 1.5s or 1h30m";
  if (format === "duration") return undefined;
  if (format === "duration of 1ms or 0s" && length > -MILLISECOND && length < MILLISECOND) return undefined;
  if (length < MILLISECOND) return "use a duration of 1ms or more";
  return length % MILLISECOND === 0n ? undefined : "use a duration in whole milliseconds";
}

function* numberMismatches(field: Field, { is, min = -Infinity, max = Infinity }: NumberShape): Generator<Mismatch> {
  const value = field.number() ?? 0;
  const isWhole = Number.isInteger(value);
  if ((is === "number" || isWhole) && value >= min && value <= max) return;
  const range = max === Infinity ? (min === -Infinity ? "" : ` of ${min} or more`) : ` from ${min} to ${max}`;
  yield { field, topic: is === "number" || isWhole ? "value" : "type", message: `use a ${is}${range}` };
}

function* listMismatches(field: Field, shape: ListShape): Generator<Mismatch> {
  const items = field.items();
  yield* sizeMismatches(field, items.length, shape, "items");
  for (const item of items) yield* mismatches(item, shape.of);
  if (shape.key === undefined) return;
  const seen = new Set<unknown>();
  for (const item of items) {
    const place = item.at(shape.key);
    const value = place.string() ?? place.number();
    if (value !== undefined && seen.has(value)) {
      yield { field: place, topic: "value", message: `use another ${shape.key}: an earlier item has the same one` };
    }
    seen.add(value);
  }
}

function* sizeMismatches(
  field: Field,
  size: number,
  { min = 0, max = Infinity }: { readonly min?: number; readonly max?: number },
  what: string,
): Generator<Mismatch> {
  if (size < min) yield { field, topic: "value", message: `set at least ${min} ${what}, or remove this field` };
  if (size > max) yield { field, topic: "value", message: `set at most ${max} ${what}` };
}
