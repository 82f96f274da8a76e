import { UNKNOWN, type Field } from "./field.ts";
import type { MeshObject } from "./mesh.ts";

/** The namespaces that see an object: `*` for all of them, or their names. */
export type Scopes = ReadonlySet<string>;

const EVERYWHERE: Scopes = new Set(["*"]);

/** Who sees an object with a list `exportTo`; all do if there is none. */
export function scopesOf(exportTo: Field, namespace: string): Scopes | typeof UNKNOWN {
  if (exportTo.isUnknown()) return UNKNOWN;
  const items = exportTo.items();
  if (items.filter((item) => item.isUnknown()).length > 0) return UNKNOWN;
  return scopes(
    items.flatMap((item) => item.string() ?? []),
    namespace,
  );
}

/** Who sees a Service, which says so in an annotation. */
export function scopesOfService({ annotations }: MeshObject, namespace: string): Scopes | typeof UNKNOWN {
  const exportTo = annotations.at("networking.istio.io/exportTo");
  if (exportTo.isUnknown()) return UNKNOWN;
  const text = exportTo.string() ?? "";
  const entries = text.split(",").map((entry) => entry.trim());
  return scopes(text === "" ? [] : entries, namespace);
}

function scopes(exportTo: readonly string[], namespace: string): Scopes {
  if (exportTo.length === 0 || exportTo.includes("*")) return EVERYWHERE;
  return new Set(exportTo.map((to) => (to === "." ? namespace : to)));
}

/** Whether objects of a namespace see what is visible in the scopes. */
export function isVisible(scopes: Scopes, namespace: string): boolean {
  return scopes.has("*") || scopes.has(namespace);
}
