import { isIP } from "node:net";
import type * as Cel from "@marcbachmann/cel-js" with { "resolution-mode": "import" };
import { celParser } from "./cel.ts";
import type { Shape } from "./shape.ts";

type Evaluate = (context: { readonly self: unknown }) => unknown;

const compiled = new Map<string, Evaluate | undefined>();

/** Whether a rule of a definition can be run here: one that calls what the evaluator lacks can not. */
export function isRunnable(rule: string): boolean {
  return evaluatorOf(rule) !== undefined;
}

/**
 * Whether a value certainly breaks a rule of its shape.
 *
 * @param self - plain data
 */
export function breaks(rule: string, self: unknown): boolean {
  try {
    return evaluatorOf(rule)?.({ self }) === false;
  } catch {
    // What is of a wrong type or is missing, the shape itself says.
    return false;
  }
}

function evaluatorOf(rule: string): Evaluate | undefined {
  if (!compiled.has(rule)) compiled.set(rule, compile(rule));
  return compiled.get(rule);
}

function compile(rule: string): Evaluate | undefined {
  try {
    return environment().parse(rule);
  } catch {
    return undefined;
  }
}

let made: Cel.Environment | undefined;

function environment(): Cel.Environment {
  made ??= new (celParser().Environment)({ unlistedVariablesAreDyn: true }).registerFunction(
    "isIP(string): bool",
    (text: string) => isIP(text) !== 0,
  );
  return made;
}

/** A value as the API server has it before it runs rules: with what it fills in, and whole numbers as CEL has them. */
export function asInCel(value: unknown, shape: Shape | undefined): unknown {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) {
    const of = shape?.is === "list" ? shape.of : undefined;
    return value.map((item) => asInCel(item, of));
  }
  if (typeof value !== "object" || value === null) return value;
  const fields = shape?.is === "fields" ? shape.fields : {};
  const below = shape?.is === "map" ? shape.of : undefined;
  const filled = Object.entries(fields).flatMap(([name, field]) =>
    field.default === undefined ? [] : [[name, field.default] as const],
  );
  const written = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(
    [...filled, ...written].map(([name, inner]) => [name, asInCel(inner, fields[name] ?? below)]),
  );
}
