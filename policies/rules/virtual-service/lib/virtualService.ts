import type { Field } from "../../../model/field.ts";
import type { MeshObject } from "../../../model/mesh.ts";

/** The name that stands for the sidecars among the gateways of a VirtualService. */
const SIDECARS = "mesh";

/**
 * Whether a VirtualService is about gateways only, as Istio's validation reads it; nothing if that is not known yet.
 */
export function isForGatewaysOnly({ spec }: MeshObject): boolean | undefined {
  const gateways = spec.at("gateways");
  const names = gateways.items();
  if (gateways.isUnknown() || names.some((name) => name.isUnknown())) return undefined;
  return names.length > 0 && !names.some((name) => name.string() === SIDECARS);
}

/** The HTTP routes that are there. */
export function httpRoutes({ spec }: MeshObject): Field[] {
  return spec
    .at("http")
    .items()
    .filter((route) => route.isPresent());
}

/** Whether it is a part of another's routes, and so has no hosts of its own; nothing if that is not known yet. */
export function isDelegate({ spec }: MeshObject): boolean | undefined {
  const hosts = spec.at("hosts");
  return hosts.isUnknown() ? undefined : hosts.items().length === 0;
}
