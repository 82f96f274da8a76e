import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import type { Selector } from "../../../model/workloads.ts";

/** A server of a Gateway, and the pods that serve it. */
export interface GatewayServer {
  readonly object: MeshObject;
  readonly selector: Selector;
  readonly server: Field;
}

/** The servers of all Gateways of which it is known which pods they are for. */
export function gatewayServers(mesh: Mesh): GatewayServer[] {
  return mesh.all("Gateway").flatMap((object) => {
    const selector = object.spec.at("selector").stringMap();
    if (selector === undefined) return [];
    return object.spec
      .at("servers")
      .items()
      .map((server) => ({ object, selector, server }));
  });
}
