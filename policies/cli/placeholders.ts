// Texts that a later step fills in: `$(NAME)` of kustomize, `${NAME}` of envsubst and Flux, `{{ NAME }}` of Helm, Go and Jinja,
// and `<NAME>`, which a reader of a document fills in.
import { isMap } from "../../lib/untrusted.ts";
import { UNKNOWN } from "../model/field.ts";

const PLACEHOLDER =
  /\$\([A-Za-z_][\w.-]*\)|\$\{[A-Za-z_]\w*(?::?[-=+?][^}]*)?\}|\{\{[^{}]+\}\}|\{%[^{}]+%\}|<%[^<>]+%>|^<[A-Za-z][\w .-]*>$/;

/** What a container gets is filled in by the kubelet, and data is other programs' own. */
const LITERAL = new Set(["args", "binaryData", "command", "data", "env", "stringData"]);

/** Whether a text anywhere in the value has a placeholder. */
export function hasPlaceholder(value: unknown): boolean {
  if (typeof value === "string") return PLACEHOLDER.test(value);
  if (Array.isArray(value)) return value.some(hasPlaceholder);
  return isMap(value) && Object.entries(value).some(([key, below]) => !LITERAL.has(key) && hasPlaceholder(below));
}

/** The value, in which `UNKNOWN` stands for each text with a placeholder: whatever it becomes, the rules do not know it. */
export function withoutPlaceholders(value: unknown): unknown {
  if (typeof value === "string") return PLACEHOLDER.test(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(withoutPlaceholders);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, below]) => [
    key,
    LITERAL.has(key) ? below : withoutPlaceholders(below),
  ]);
  return Object.fromEntries(entries) as unknown;
}
