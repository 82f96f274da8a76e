import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readGateways } from "./lib/gateways.ts";

export const namedGatewayExists: MeshRule = {
  id: "named-gateway-exists",
  title: "A VirtualService names only gateways that are there.",
  rationale: "No gateway serves its routes, so their hosts answer 404.",
  remediation: "Name a Gateway that is there, as <namespace>/<name> if it is in another namespace.",
  severity: "high",
  codes: ["KIA1102"],
  twin: "bound-gateway-exists",

  *checkMesh(mesh) {
    const gateways = mesh.derive(readGateways);
    for (const object of mesh.all("VirtualService")) {
      const { namespace } = object;
      if (namespace === undefined) continue;
      for (const place of gatewaysOf(object)) {
        const gateway = place.string();
        if (gateway === undefined || gateway === "mesh" || !gateways.lacks(gateway, namespace)) continue;
        yield {
          object,
          path: place.path,
          message: "name a Gateway that is there, as <namespace>/<name> if it is in another namespace",
        };
      }
    }
  },
};

/** Where a VirtualService names gateways: for all of its routes, and for single matches. */
export function gatewaysOf({ spec }: MeshObject): Field[] {
  const matches = spec
    .at("http")
    .items()
    .flatMap((route) => route.at("match").items());
  return [spec, ...matches].flatMap((place) => place.at("gateways").items());
}
