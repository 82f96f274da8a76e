import { Secret, UnknownValueError } from "@pulumi/policy";
import { UNKNOWN } from "../model/field.ts";

// The package exports the class, but strips its declaration.
declare module "@pulumi/policy/proxy.js" {
  class UnknownValueError extends Error {
    constructor(unknownTypeSentinel: string, path: readonly string[]);
  }
}

/** By this text the engine's protocol says that a text is unknown. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The error that the engine shows as an advice whatever the rule's level is; found violations are reported by then. */
export class NotDecidable extends UnknownValueError {
  constructor(paths: readonly string[]) {
    super(UNKNOWN_TEXT, []);
    this.message = `cannot be checked yet, because these values are unknown until the deployment: ${paths.join(", ")}`;
  }
}

/** Plain data of what the engine hands to a policy, whose unknown values throw when they are read. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => read(value, index));
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Secret) return read(value, "value");
  return Object.fromEntries(Object.keys(value).map((key) => [key, read(value, key)]));
}

function read(container: object, key: string | number): unknown {
  try {
    return plain((container as Record<string | number, unknown>)[key]);
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}
