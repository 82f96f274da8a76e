// Inputs of resources, in the form in which AWS's API takes them. Members are found by their names, whatever their case.
import type { ServiceModel, Shape } from "../../tools/aws/models.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** A value as a shape has it; what the shape has no place for goes to `strays`, by its path. */
export function asShape(value: unknown, name: string, model: ServiceModel, path: string, strays: string[]): unknown {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  switch (shape.type) {
    case "structure":
      return asStructure(value, shape, model, path, strays);
    case "list": {
      const { shape: item = "" } = shape.member ?? {};
      const items = tagsOf(value, model.shapes[item]) ?? [value].flat();
      return items.map((each, index) => asShape(each, item, model, `${path}[${index}]`, strays));
    }
    case "map": {
      const { shape: item = "" } = shape.value ?? {};
      const entries = Object.entries(value as Fields);
      return Object.fromEntries(entries.map(([key, each]) => [key, asText(asShape(each, item, model, path, strays))]));
    }
    // The plugin has texts for what may be left to the image.
    case "boolean":
      return value === "true" || value === "false" ? value === "true" : value;
    default:
      return value;
  }
}

function asStructure(value: unknown, shape: Shape, model: ServiceModel, path: string, strays: string[]): unknown {
  const { members = {} } = shape;
  // EC2 has a structure around the value of an attribute.
  const only = Object.keys(members).length === 1 ? members.Value : undefined;
  if (only && typeof value !== "object") return { Value: asShape(value, only.shape, model, path, strays) };
  const found = Object.entries(value as Fields).flatMap(([key, part]) => {
    if (isNothing(part)) return [];
    const member = memberOf(shape, key);
    const { shape: inner } = members[member ?? ""] ?? {};
    if (member !== undefined && inner !== undefined) {
      return [[member, asShape(part, inner, model, `${path}.${key}`, strays)] as const];
    }
    strays.push(`${path}.${key}`);
    return [];
  });
  return Object.fromEntries(found);
}

/** The member of that name, whatever its case. */
export const memberOf = ({ members = {} }: Shape, name: string): string | undefined =>
  Object.keys(members).find((member) => member.toLowerCase() === name.toLowerCase());

/** A map of tags as a list of them, where the shape is one of a tag. */
function tagsOf(value: unknown, shape: Shape | undefined): object[] | undefined {
  const [key, text, ...others] = Object.keys(shape?.members ?? {});
  if (key === undefined || text === undefined || others.length > 0) return undefined;
  if (!key.endsWith("Key") || !text.endsWith("Value") || Array.isArray(value)) return undefined;
  return Object.entries(value as Fields).map(([name, content]) => ({ [key]: name, [text]: content }));
}

/** Maps of AWS's have texts alone. */
const asText = (value: unknown): unknown =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : value;

/** What the plugin sends nothing of. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
