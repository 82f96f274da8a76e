import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { loadAll } from "js-yaml";
import type { Shape } from "../../../policies/schema/shape.ts";
import { SHAPES, WITH_SPEC } from "../../../policies/schema/shapes.ts";

/** Folder with Istio's charts of the pinned version; `make test` sets it. */
const charts = process.env.ISTIO_CHARTS;

/** What we read of a schema in a CustomResourceDefinition. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly "x-kubernetes-list-map-keys"?: readonly [string];
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-validations"?: readonly { readonly rule: string }[];
}

interface Definition {
  readonly spec: {
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** The schema in our notation. */
function shapeOf(schema: Schema): Shape {
  if (schema["x-kubernetes-preserve-unknown-fields"]) return { is: "anything" };
  switch (schema.type) {
    case "boolean":
      return { is: "true or false" };
    case "string":
      return textShape(schema);
    case "integer":
      return { is: "whole number", ...defined({ ...wholeLimits(schema) }) };
    case "number":
      return { is: "number", ...defined({ min: schema.minimum, max: schema.maximum }) };
    case "array": {
      const [key] = schema["x-kubernetes-list-map-keys"] ?? [];
      return {
        is: "list",
        of: shapeOf(schema.items ?? {}),
        ...defined({ min: schema.minItems, max: schema.maxItems, key }),
      };
    }
    default:
      return schema.properties === undefined ? mapShape(schema) : fieldsShape(schema, schema.properties);
  }
}

function textShape(schema: Schema): Shape {
  const isDuration = schema["x-kubernetes-validations"]?.some(({ rule }) => rule.includes("duration('1ms')"));
  return {
    is: "text",
    ...defined({
      min: schema.minLength,
      max: schema.maxLength,
      oneOf: schema.enum,
      pattern: schema.pattern === undefined ? undefined : new RegExp(schema.pattern),
      format: isDuration ? ("duration of 1ms" as const) : schema.format === "byte" ? ("base64" as const) : undefined,
    }),
  };
}

function wholeLimits({ minimum, maximum, format }: Schema) {
  if (format !== "int32") return { min: minimum, max: maximum };
  return { min: minimum ?? -(2 ** 31), max: maximum ?? 2 ** 31 - 1 };
}

function mapShape(schema: Schema): Shape {
  const limits = defined({ min: schema.minProperties, max: schema.maxProperties });
  return { is: "map", of: shapeOf(schema.additionalProperties ?? {}), ...limits };
}

function fieldsShape(schema: Schema, properties: Readonly<Record<string, Schema>>): Shape {
  const choices = [schema, ...(schema.allOf ?? [])].flatMap(({ oneOf }) => (oneOf === undefined ? [] : [oneOf]));
  return {
    is: "fields",
    fields: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, shapeOf(field)])),
    required: [...(schema.required ?? [])].sort(),
    exclusive: choices
      .map((choice) => choice.flatMap(({ required }) => required ?? []))
      .filter((group) => group.length > 1),
  };
}

function defined<Limits extends object>(limits: Limits) {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Limits]?: NonNullable<Limits[Name]>;
  };
}

/** Our notation without what it knows beyond the definitions, where they leave a duration to istiod. */
function comparable(shape: Shape): unknown {
  switch (shape.is) {
    case "text": {
      const { format, ...rest } = shape;
      return format === "duration" || format === "duration of 1ms or 0s" ? rest : shape;
    }
    case "list":
    case "map":
      return { ...shape, of: comparable(shape.of) };
    case "fields":
      return {
        ...shape,
        required: [...shape.required].sort(),
        fields: Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, comparable(field)])),
      };
    default:
      return shape;
  }
}

function definitions(): Definition[] {
  const file = path.join(charts ?? "", "base/files/crd-all.gen.yaml");
  return loadAll(fs.readFileSync(file, "utf8")).flatMap((document) => (document as Definition | null) ?? []);
}

describe.skipIf(charts === undefined)("the shapes of Istio's kinds (needs ISTIO_CHARTS)", () => {
  const all = charts === undefined ? [] : definitions();

  it("are there for each kind that the chart defines", () => {
    expect(Object.keys(SHAPES).sort()).toEqual(all.map(({ spec }) => spec.names.kind).sort());
  });

  it("know which kinds need a spec", () => {
    const need = all.filter(({ spec }) => spec.versions[0]?.schema.openAPIV3Schema.required?.includes("spec"));
    expect([...WITH_SPEC].sort()).toEqual(need.map(({ spec }) => spec.names.kind).sort());
  });

  it.each(
    all.flatMap(({ spec }) =>
      spec.versions.map(({ name, schema }) => [spec.names.kind, name, schema.openAPIV3Schema] as const),
    ),
  )("%s %s", (kind, _version, schema) => {
    const shape = SHAPES[kind as keyof typeof SHAPES];
    expect(comparable(shape)).toEqual(shapeOf(schema.properties?.spec ?? {}));
  });
});
