// Templates outside of charts. Until somebody renders one it is no manifest, so that it is not YAML is no mistake.
import { parseLeniently } from "../../lib/yaml/lenient.ts";

/** What only a template has: an action that decides, repeats or calls. */
const CONTROL = /\{\{-?\s*(?:if|range|with|end|else|define|template|include|block|toYaml|\/\*|\$\w*\s*:?=)|\{%-?\s*\w+/;

const ACTION = /\{\{[^{}]*\}\}/g;

/** Whether a text is a template rather than broken YAML: without what stands in its braces it can be read. */
export function isTemplate(text: string): boolean {
  if (CONTROL.test(text)) return true;
  const filled = text.replace(/^[ \t]*(?:\{\{[^{}]*\}\}[ \t]*)+$/gm, "").replace(ACTION, "x");
  if (filled === text) return false;
  try {
    parseLeniently(filled);
    return true;
  } catch {
    return false;
  }
}
