import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema.js";
import type { Settings } from "./rule.ts";

/** The schema of a setting that is a list of texts, empty by default. */
export const texts = (description: string): PolicyConfigJSONSchema => ({
  type: "array",
  items: { type: "string", minLength: 1 },
  description,
  default: [],
});

/** The texts of such a setting. */
export function textsOf(settings: Settings | undefined, name: string): readonly string[] {
  const value = settings?.[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Whether a text is one of a list, in which `*` stands for any characters. */
export function isListed(text: string, list: readonly string[]): boolean {
  return list.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(text);
  });
}
