import type { MeshObject } from "./mesh.ts";

/**
 * The type of the component of which an object of a Pulumi stack is directly a part, e.g. `mesh:traffic:RateLimit`; nothing
 * for the objects of a program itself and for manifests. The engine writes it into the URN, so no object can say it of itself.
 */
export function componentOf({ urn }: MeshObject): string | undefined {
  if (!urn.startsWith("urn:pulumi:")) return undefined;
  const [, , types = ""] = urn.split("::");
  return types.split("$").at(-2);
}
