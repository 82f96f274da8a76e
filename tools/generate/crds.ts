// Istio's CustomResourceDefinitions, as its chart `base` brings them: what istio/generated is made of.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { loadAll } from "js-yaml";
import type { DurationFormat, FieldsShape, Shape } from "../../istio/shape.ts";

/** A kind of object, as its definition has it. */
export interface Definition {
  readonly kind: string;
  readonly group: string;
  readonly plural: string;
  /** Those that the API server serves, the one to write first. */
  readonly versions: readonly string[];
  readonly isNamespaced: boolean;
  /** Whether the API server takes no object without a spec. */
  readonly needsSpec: boolean;
  /** What the `spec` may hold, in every version. */
  readonly spec: FieldsShape;
}

/** What is read of a schema in a definition. */
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
  readonly "x-kubernetes-validations"?: readonly {
    readonly rule: string;
    readonly message?: string;
  }[];
  readonly default?: unknown;
}

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly scope: "Cluster" | "Namespaced";
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/**
 * The definitions in a folder with Istio's charts, by kind.
 *
 * @throws Error if two versions of a kind differ, which one shape for all could not say
 */
export function readDefinitions(charts: string): Definition[] {
  return definitionsIn(readFileSync(join(charts, "base/files/crd-all.gen.yaml"), "utf8"));
}

/** The definitions in a file of YAML, by kind. */
export function definitionsIn(yaml: string): Definition[] {
  return loadAll(yaml)
    .flatMap((document) => (document as CustomResourceDefinition | null) ?? [])
    .map(definitionOf)
    .sort((one, other) => (one.kind < other.kind ? -1 : 1));
}

/** The shapes of the specs of each kind's served versions in a file of YAML, with defaults and rules in CEL. */
export function shapesByVersion(yaml: string): ReadonlyMap<string, readonly { version: string; spec: Shape }[]> {
  const all = loadAll(yaml).flatMap((document) => (document as Partial<CustomResourceDefinition> | null)?.spec ?? []);
  return new Map(
    all
      .filter(({ names }: { names?: unknown }) => names !== undefined)
      .map(({ names, versions }) => [
        names.kind,
        versions
          .filter(({ served }) => served)
          .map(({ name, schema }) => ({
            version: name,
            spec: withRules(schema.openAPIV3Schema.properties?.spec ?? {}, []),
          })),
      ]),
  );
}

/** The shape of a schema and of all below it, with what the API server fills in and the rules that it runs. */
function withRules(schema: Schema, path: readonly string[]): Shape {
  // A rule on oldSelf is about a change of an object that is there.
  const rules = (schema["x-kubernetes-validations"] ?? []).filter(({ rule }) => !rule.includes("oldSelf"));
  return {
    ...shapeOf(schema, path, withRules),
    ...(rules.length > 0 && { rules: rules.map(({ rule, message = "" }) => ({ rule, message })) }),
    ...(schema.default !== undefined && { default: schema.default }),
  };
}

function definitionOf({ spec: { group, scope, names, versions } }: CustomResourceDefinition): Definition {
  const served = versions.filter((version) => version.served);
  const [first, ...others] = served.map(({ schema: { openAPIV3Schema: schema } }) => ({
    needsSpec: schema.required?.includes("spec") === true,
    spec: shapeOf(schema.properties?.spec ?? {}, []),
  }));
  if (first?.spec.is !== "fields") throw new Error(`${names.kind} has no spec with fields`);
  if (
    !isDeepStrictEqual(
      others,
      others.map(() => first),
    )
  ) {
    throw new Error(`the versions of ${names.kind} differ: give each a shape of its own`);
  }
  return {
    kind: names.kind,
    group,
    plural: names.plural,
    versions: served.map(({ name }) => name),
    isNamespaced: scope === "Namespaced",
    needsSpec: first.needsSpec,
    spec: first.spec,
  };
}

/** Durations that the definitions leave to istiod, by the last two fields of their paths. */
const DURATIONS: Readonly<Record<string, DurationFormat>> = {
  "httpCookie.ttl": "duration",
  "retryBudget.budgetInterval": "duration",
  "tcp.idleTimeout": "duration of 1ms or 0s",
};

function shapeOf(schema: Schema, path: readonly string[], below: typeof shapeOf = shapeOf): Shape {
  switch (schema.type) {
    case "boolean":
      return { is: "true or false" };
    case "string":
      return textShape(schema, path);
    case "integer":
      return { is: "whole number", ...defined(wholeLimits(schema)) };
    case "number":
      return { is: "number", ...defined({ min: schema.minimum, max: schema.maximum }) };
    case "array": {
      const [key] = schema["x-kubernetes-list-map-keys"] ?? [];
      const limits = defined({ min: schema.minItems, max: schema.maxItems, key });
      return { is: "list", of: below(schema.items ?? {}, path), ...limits };
    }
    case "object":
      if (schema["x-kubernetes-preserve-unknown-fields"]) return { is: "any map" };
      if (schema.properties !== undefined) return fieldsShape(schema, schema.properties, path, below);
      return {
        is: "map",
        of: below(schema.additionalProperties ?? {}, path),
        ...defined({ min: schema.minProperties, max: schema.maxProperties }),
      };
    default:
      throw new Error(`the type of ${path.join(".")} is unknown: ${schema.type ?? "none"}`);
  }
}

function textShape(schema: Schema, path: readonly string[]): Shape {
  const isDuration = schema["x-kubernetes-validations"]?.some(({ rule }) => rule.includes("duration('1ms')"));
  return {
    is: "text",
    ...defined({
      min: schema.minLength,
      max: schema.maxLength,
      oneOf: schema.enum,
      pattern: schema.pattern === undefined ? undefined : new RegExp(schema.pattern),
      format: isDuration
        ? ("duration of 1ms" as const)
        : schema.format === "byte"
          ? ("base64" as const)
          : DURATIONS[path.slice(-2).join(".")],
    }),
  };
}

function wholeLimits({ minimum, maximum, format }: Schema) {
  if (format !== "int32") return { min: minimum, max: maximum };
  return { min: minimum ?? -(2 ** 31), max: maximum ?? 2 ** 31 - 1 };
}

function fieldsShape(
  schema: Schema,
  properties: Readonly<Record<string, Schema>>,
  path: readonly string[],
  below: typeof shapeOf,
): Shape {
  const choices = [schema, ...(schema.allOf ?? [])].flatMap(({ oneOf }) => (oneOf === undefined ? [] : [oneOf]));
  return {
    is: "fields",
    fields: Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [name, below(field, [...path, name])]),
    ),
    required: schema.required ?? [],
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
