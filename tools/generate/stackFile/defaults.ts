import type { Json, Setting } from "./tree.ts";

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
