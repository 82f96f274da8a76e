// What botocore's validator leaves to AWS: words of a list, patterns, and what is too long or too much.
import { wholeText } from "../../lib/javaPattern.ts";
import type { ServiceModel, Shape } from "../../tools/aws/models.ts";
import type { ModelOf, Request } from "./botocore.ts";

/** What a request has beyond AWS's limits, each with its place. */
export function excesses({ service, operation, input }: Request, modelOf: ModelOf): string[] {
  const model = modelOf(service);
  const { input: shape } = model.operations[operation] ?? {};
  return shape ? [...inside(input, shape.shape, model, `${service}:${operation}`)] : [];
}

function* inside(value: unknown, name: string, model: ServiceModel, path: string): Iterable<string> {
  const shape = model.shapes[name] ?? { type: "unknown" };
  yield* of(value, shape, path);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (shape.member) yield* inside(item, shape.member.shape, model, `${path}[${index}]`);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      if (shape.key) yield* inside(key, shape.key.shape, model, `${path} key ${key}`);
      const reference = shape.value ?? shape.members?.[key];
      if (reference) yield* inside(part, reference.shape, model, `${path}.${key}`);
    }
  }
}

function* of(value: unknown, shape: Shape, path: string): Iterable<string> {
  const { enum: words, pattern, max = Infinity } = shape;
  const size = sizeOf(value);
  if (size !== undefined && size > max) yield `${path} is ${size}, at most it may be ${max}`;
  if (typeof value !== "string") return;
  if (words && !words.includes(value)) yield `${path} is ${value}, none of ${words.join(", ")}`;
  if (pattern !== undefined && !wholeText(pattern).test(value)) yield `${path} is ${value}, which is not ${pattern}`;
}

/** A number itself, and how long or how many else. */
function sizeOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return Array.from(value).length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
}
