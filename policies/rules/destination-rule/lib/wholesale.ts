import type { MeshObject } from "../../../model/mesh.ts";
import { MESH_HOST, namespaceHost, UNSURE, usedMode } from "../../../model/kiali/mutualTls.ts";

/** Whether a DestinationRule is, or may be, the one that turns mutual TLS on for its whole namespace, or for the mesh. */
export function mayBeWholesale(object: MeshObject): boolean {
  return isWide(object) && [UNSURE, "ISTIO_MUTUAL"].includes(usedMode(object) ?? "");
}

function isWide({ namespace, spec }: MeshObject): boolean {
  const host = spec.at("host").string();
  return host === MESH_HOST || host === namespaceHost(namespace ?? "");
}
