import type { Field } from "./field.ts";
import type { MeshObject } from "./mesh.ts";

/** The routes of a VirtualService, of every protocol. */
export function routesOf({ spec }: MeshObject): Field[] {
  return ["http", "tls", "tcp"].flatMap((protocol) => spec.at(protocol).items());
}

/** The gateways that a VirtualService is bound to, beside the sidecars. */
export function boundGateways({ spec }: MeshObject): Field[] {
  return spec
    .at("gateways")
    .items()
    .filter((gateway) => gateway.string() !== undefined && gateway.string() !== "mesh");
}
