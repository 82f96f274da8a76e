// The settings of a stack file as a tree: what the schemas take, and what the comments of the types say about it.
import { z } from "zod";
import { alternativesOf, namesOf } from "../../../lib/schema/fields.ts";
import { isWithin, type Pattern } from "../../../settings/patterns.ts";
import { schema } from "../../../settings/schema.ts";
import { documentedType, type Docs, type DocumentedType } from "./typeDocs.ts";

export type Json = z.core.JSONSchema.JSONSchema;

/** A setting, or what a list or a map of the user's own names holds. */
export interface Setting {
  /** Keys from the top; `*` for a name of the user's own, `[]` for an item of a list. */
  readonly path: readonly string[];
  readonly json: Json;
  readonly docs: Docs;
  /** What the value has to be, in words. */
  readonly type: string;
  /** Its keys, where it is a map of known ones. */
  readonly keys: ReadonlyMap<string, Setting>;
  readonly items: Setting | undefined;
  /** What it holds by names of the user's own. */
  readonly values: Setting | undefined;
  /** What it can be, where that is one of several kinds. */
  readonly alternatives: readonly Setting[];
}

/** What holds where a stack file says nothing: a value, or words; neither where the key must be there. */
export function defaultOf({ json, docs }: Pick<Setting, "json" | "docs">): {
  readonly value?: Exclude<Json["default"], undefined>;
  readonly words?: string;
} {
  const said = docs.default;
  if (said?.startsWith("- ")) return { words: said.slice(2) };
  const value = said === undefined ? json.default : (JSON.parse(said) as Json["default"]);
  return value === undefined ? {} : { value, words: `\`${JSON.stringify(value)}\`` };
}

/** Settings below which all is for a chart of others to document. */
const CHARTS: Pattern = ["istio", "values", "*"];

/** Words of a schema for what a value has to be, under a key that JSON Schema does not have. */
export const WORDS = "x-words";

/** All that a stack file can say. */
export function settingsTree(): Setting {
  return settingOf(jsonOf(schema), documentedType("settings/sections.ts", "Sections"), {}, []);
}

function jsonOf(type: z.core.$ZodType): Json {
  const json = z.toJSONSchema(type, {
    target: "draft-07",
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const alternatives = notedOf(alternativesOf, zodSchema);
      if (alternatives) jsonSchema.anyOf = alternatives.map(jsonOf);
      const names = notedOf(namesOf, zodSchema);
      if (names) jsonSchema.propertyNames = jsonOf(names);
      const words = wordsOf(zodSchema);
      if (words !== undefined) jsonSchema[WORDS] = words;
    },
  });
  delete json.$schema;
  return json;
}

/** What is noted of a schema, or of the one that it was before a rule was added. */
function notedOf<Note extends object>(
  notes: WeakMap<z.core.$ZodType, Note>,
  schema: z.core.$ZodType | undefined,
): Note | undefined {
  return schema && (notes.get(schema) ?? notedOf(notes, schema._zod.parent));
}

/** What a schema says of a value of the wrong type, such as `must be a port`, from its second word on. */
function wordsOf(type: z.core.$ZodType): string | undefined {
  if (!("error" in type._zod.def) || typeof type._zod.def.error !== "function") return undefined;
  const error = type._zod.def.error as (issue: { readonly code: string }) => unknown;
  const [, words] = /^must be ([^]*)$/.exec(String(error({ code: "invalid_type" }))) ?? [];
  return words?.replace("; put it in quotes", "");
}

function settingOf(json: Json, type: DocumentedType | undefined, docs: Docs, path: readonly string[]): Setting {
  const isOfChart = isWithin(path, CHARTS);
  const keys = Object.entries(isOfChart ? {} : (json.properties ?? {})).flatMap(([key, each]) => {
    const property = type?.property(key);
    const inherited = property?.type.docs;
    const own = property?.docs;
    const all = {
      text: own?.text ?? inherited?.text,
      default: own?.default,
      source: own?.source ?? inherited?.source,
    };
    return isJson(each) ? [[key, settingOf(each, property?.type, all, [...path, key])] as const] : [];
  });
  const { items, additionalProperties: values } = json;
  return {
    path,
    json,
    docs,
    type: typeWords(json),
    keys: new Map(keys),
    items: isJson(items) ? settingOf(items, type?.items, type?.items?.docs ?? {}, [...path, "[]"]) : undefined,
    values:
      isJson(values) && !isOfChart
        ? settingOf(values, type?.values, type?.values?.docs ?? {}, [...path, "*"])
        : undefined,
    alternatives: (json.anyOf ?? []).filter(isJson).map((each) => settingOf(each, type, {}, path)),
  };
}

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

function typeWords(json: Json): string {
  const { [WORDS]: words, enum: choices, const: only, anyOf, items } = json;
  if (choices) return `one of ${choices.map((value) => `\`${String(value)}\``).join(", ")}`;
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (json.properties) return "a map";
  if (typeof words !== "string")
    return anyOf ? anyOf.filter(isJson).map(typeWords).join("; or ") : String(json.type ?? "anything");
  return isJson(items) && !items.properties && !items.anyOf ? `${words}; each is ${typeWords(items)}` : words;
}
