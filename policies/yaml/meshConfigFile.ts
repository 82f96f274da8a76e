import { load } from "js-yaml";

/**
 * Istio's mesh config in a file: plain, or as the ConfigMap that istiod reads.
 *
 * @throws Error if the file holds something else
 */
export function readMeshConfigFile(file: string, content: string): unknown {
  const value = parse(file, content);
  const data = value.kind === "ConfigMap" ? (value.data as { mesh?: unknown } | undefined) : undefined;
  return typeof data?.mesh === "string" ? parse(file, data.mesh) : value;
}

function parse(file: string, text: string): Record<string, unknown> {
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = load(text);
  } catch (error) {
    throw new Error(`${file} can not be read: ${(error as Error).message.split("\n", 1)[0] ?? ""}`, { cause: error });
  }
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw new Error(`${file} holds no mesh config`);
  return value as Record<string, unknown>;
}
