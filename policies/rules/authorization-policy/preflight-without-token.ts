import { groupedBy } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { Field } from "../../model/field.ts";
import { rulesOf } from "../../model/kiali/authorization.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { coversGateway, meetsPreflight, readCorsRoutes, type CorsRoute } from "./lib/preflights.ts";
import { fitsWithoutToken } from "./lib/tokenConditions.ts";

export const preflightWithoutToken: MeshRule = {
  id: "preflight-without-token",
  title: "A gateway that requires tokens lets the preflight requests of browsers pass where a route has a corsPolicy.",
  rationale:
    "Browsers send OPTIONS without a token, and the gateway denies it before the route's corsPolicy can answer, so pages of other origins can call nothing.",
  remediation:
    "Add notMethods with OPTIONS to each operation of the rule, or add an operation with it if the rule has none.",
  severity: "medium",
  codes: [],

  // Istio: buildHTTPConnectionManager in pilot/pkg/networking/core/listener_builder.go puts the filter for policies before Cors.
  *checkMesh(mesh) {
    for (const object of mesh.all("AuthorizationPolicy")) {
      if (object.spec.at("action").string() !== "DENY") continue;
      for (const rule of rulesOf(object)) {
        if (!fitsWithoutToken(rule) || !deniesPreflight(mesh, object, rule)) continue;
        yield {
          object,
          path: rule.path,
          message: "let OPTIONS pass with notMethods: browsers send it without a token",
        };
      }
    }
  },
};

function deniesPreflight(mesh: Mesh, policy: MeshObject, rule: Field): boolean {
  const to = rule.at("to");
  if (to.isUnknown()) return false;
  const operations = to.items().map((item) => item.at("operation"));
  const meets = (route: CorsRoute) =>
    operations.length === 0 || operations.some((operation) => meetsPreflight(operation, route));
  const byGateway = [...mesh.derive(readByGateway)];
  return byGateway.some(([gateway, routes]) => coversGateway(mesh, policy, gateway) && routes.some(meets));
}

function readByGateway(mesh: Mesh): ReadonlyMap<MeshObject, readonly CorsRoute[]> {
  return groupedBy(mesh.derive(readCorsRoutes), ({ gateway }) => gateway);
}
