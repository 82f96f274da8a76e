// A notation for what the fields of Istio's objects may hold: see generated/shapes.ts.

/**
 * Which durations: `duration` is any, `duration of 1ms` is whole milliseconds and at least one of them, and
 * `duration of 1ms or 0s` takes zero besides.
 */
export type DurationFormat = "duration" | "duration of 1ms" | "duration of 1ms or 0s";

export interface TextShape {
  readonly is: "text";
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** The only texts that may stand here. */
  readonly oneOf?: readonly string[];
  /** What else it is, beyond what the CRD says. */
  readonly format?: DurationFormat | "base64";
}

export interface NumberShape {
  readonly is: "number" | "whole number";
  readonly min?: number;
  readonly max?: number;
}

export interface ListShape {
  readonly is: "list";
  readonly of: Shape;
  readonly min?: number;
  readonly max?: number;
  /** No two items have the same value of this field. */
  readonly key?: string;
}

export interface MapShape {
  readonly is: "map";
  readonly of: Shape;
  readonly min?: number;
  readonly max?: number;
}

export interface FieldsShape {
  readonly is: "fields";
  readonly fields: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
  /** Groups of fields of which one may be set, or none. */
  readonly exclusive: readonly (readonly string[])[];
}

/** A map in which anything may stand. */
export interface AnyMapShape {
  readonly is: "any map";
}

/** A rule that the API server runs on a value, which is `self` in it. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
}

/** What the Gateway API's definitions say of a value besides. */
interface Validated {
  readonly rules?: readonly CelRule[];
  /** What the API server fills in where nothing is written. */
  readonly default?: unknown;
}

export type Shape = Validated &
  (TextShape | NumberShape | ListShape | MapShape | FieldsShape | { readonly is: "true or false" } | AnyMapShape);

export const text: TextShape = { is: "text" };
export const textOf = (limits: Omit<TextShape, "is">): TextShape => ({ is: "text", ...limits });
export const oneOf = (...texts: readonly string[]): TextShape => ({ is: "text", oneOf: texts });
/** Such as `1.5s`. */
export const duration: TextShape = { is: "text", format: "duration of 1ms" };
export const durationOrZero: TextShape = { is: "text", format: "duration of 1ms or 0s" };
export const anyDuration: TextShape = { is: "text", format: "duration" };

export const flag: Shape = { is: "true or false" };
export const anyMap: AnyMapShape = { is: "any map" };

export const wholeNumber = (min?: number, max?: number): NumberShape => ({ is: "whole number", ...limits(min, max) });
export const int32 = wholeNumber(-(2 ** 31), 2 ** 31 - 1);
export const uint32 = wholeNumber(0, 2 ** 32 - 1);
export const number = (min?: number, max?: number): NumberShape => ({ is: "number", ...limits(min, max) });

function limits(min?: number, max?: number) {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

export const list = (of: Shape, limits: Omit<ListShape, "is" | "of"> = {}): ListShape => ({
  is: "list",
  of,
  ...limits,
});
export const mapOf = (of: Shape, limits: Omit<MapShape, "is" | "of"> = {}): MapShape => ({ is: "map", of, ...limits });

/** A map with the given fields; a name that ends in `!` must be there. */
export function fields(
  shapes: Readonly<Record<string, Shape>>,
  ...exclusive: readonly (readonly string[])[]
): FieldsShape {
  const named = Object.entries(shapes).map(([name, shape]) => [name.replace(/!$/, ""), shape] as const);
  const required = Object.keys(shapes).flatMap((name) => (name.endsWith("!") ? [name.slice(0, -1)] : []));
  return { is: "fields", fields: Object.fromEntries(named), required, exclusive };
}
