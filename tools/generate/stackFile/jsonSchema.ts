// The JSON Schema of stack files, by which editors complete and check them.
import { OTHERS } from "../../../settings/namespaces.ts";
import { isWithin } from "../../../settings/patterns.ts";
import { secretSettings } from "../../../settings/secrets.ts";
import { ENGINE_KEYS } from "../../../settings/stackFileKeys.ts";
import { defaultOf, settingsTree, WORDS, type Json, type Setting } from "./tree.ts";

/** Where a stack file finds its JSON Schema, from the folder of the project. */
export const SCHEMA_FILE = "docs/stack-file.schema.json";

/** A value that the engine has encrypted. Any string may be one. */
const ENCRYPTED: Json = { $ref: "#/definitions/encrypted" };

const encrypted: Json = {
  description: "Encrypted by the engine: set it with `pulumi config set --secret --path`.",
  type: "object",
  properties: { secure: { type: "string" } },
  required: ["secure"],
  additionalProperties: false,
};

/** Decides how a map is written where it stands: in full, or as a reference. */
type Write = (setting: Setting, map: Json) => Json;

export function stackFileSchema(): string {
  const tree = settingsTree();
  const definitions: Record<string, Json> = { encrypted };
  const write = sharedMaps(tree, definitions);
  const sections = [...tree.keys].map(
    ([key, section]) => [`mesh:${key}`, orEncrypted(jsonOf(section, write))] as const,
  );
  const whole: Json = {
    $schema: "http://json-schema.org/draft-07/schema#",
    $comment: "Made by `make generate` from the schemas and the comments of the types; a test holds it to them.",
    title: "The file of a stack",
    type: "object",
    properties: {
      config: {
        description: "Settings of this project (mesh:…), of the providers (aws:…) and of the engine (pulumi:…).",
        type: ["object", "null"],
        properties: Object.fromEntries(sections),
        patternProperties: { [`^(${OTHERS.join("|")}):`]: {} },
        additionalProperties: false,
      },
      ...Object.fromEntries(ENGINE_KEYS.map((key) => [key, { description: "Kept by Pulumi itself." }])),
    },
    additionalProperties: false,
    definitions,
  };
  return JSON.stringify(whole, (key, value: unknown) => (key === WORDS ? undefined : value));
}

/** Writes each map that stands in several places once, under `definitions`. */
function sharedMaps(tree: Setting, definitions: Record<string, Json>): Write {
  const texts = new Map<Setting, string>();
  jsonOf(tree, (setting, map) => {
    texts.set(setting, JSON.stringify(map));
    return map;
  });
  const seen = Map.groupBy(texts, ([, text]) => text);
  const names = new Map<string, string>();
  return (setting, map) => {
    const text = texts.get(setting) ?? "";
    if ((seen.get(text)?.length ?? 0) < 2) return map;
    const words = setting.path.filter((key) => /^\w+$/.test(key));
    const [short = "", long] = [words.at(-1), words.join(".")];
    const name = names.get(text) ?? (Object.hasOwn(definitions, short) ? long : short);
    names.set(text, name);
    definitions[name] = map;
    return { allOf: [{ $ref: `#/definitions/${name}` }] };
  };
}

function jsonOf(setting: Setting, write: Write): Json {
  const { json, keys, items, values, alternatives, path } = setting;
  const described = descriptionOf(setting);
  if (secretSettings.some((pattern) => pattern.length === path.length && isWithin(path, pattern))) {
    return { ...described, allOf: [ENCRYPTED] };
  }
  const rest = { ...json };
  delete rest.default;
  const whole = {
    ...rest,
    ...(keys.size > 0 && {
      properties: Object.fromEntries([...keys].map(([key, each]) => [key, jsonOf(each, write)])),
    }),
    ...(items && { items: jsonOf(items, write) }),
    ...(values && { additionalProperties: jsonOf(values, write) }),
    ...(alternatives.length > 0 && { anyOf: alternatives.map((each) => jsonOf(each, write)) }),
  };
  if (json.type === "string" && json.enum === undefined) return orEncrypted({ ...described, ...whole });
  return { ...described, ...(keys.size > 0 ? write(setting, whole) : whole) };
}

function orEncrypted({ description, default: usual, ...json }: Json): Json {
  return {
    ...(description !== undefined && { description }),
    ...(usual !== undefined && { default: usual }),
    anyOf: [json, ENCRYPTED],
  };
}

function descriptionOf(setting: Setting): Json {
  const { docs, type, keys } = setting;
  const { value, words } = defaultOf(setting);
  const parts = [
    docs.text,
    docs.text !== undefined && keys.size === 0 ? `It must be ${type}.` : undefined,
    words === undefined ? undefined : `Default: ${words}.`,
    docs.source,
  ].filter((part) => part !== undefined);
  return {
    ...(parts.length > 0 && { description: parts.join("\n\n") }),
    ...(value !== undefined && { default: value }),
  };
}
