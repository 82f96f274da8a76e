import { isOpenNamespace } from "../../model/namespaces.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { isToGateway, readGateways, takesFrom } from "./lib/listeners.ts";
import { namespaceOf } from "./lib/routeRefs.ts";

export const gatewayApiGatewayExists: MeshRule = {
  id: "gateway-api-gateway-exists",
  title: "The Gateway that a route of the Gateway API names is there, and takes routes from the route's namespace.",
  rationale: "Nobody serves the route.",
  remediation: "Name a Gateway that is there, and let one of its listeners take routes from this namespace.",
  severity: "high",
  codes: ["KIA1401"],
  sources: [
    "kiali/business/checkers/k8shttproutes/no_k8sgateway_checker.go",
    "kiali/business/checkers/k8sgrpcroutes/no_k8sgateway_checker.go",
  ],

  *checkMesh(mesh) {
    const gateways = mesh.derive(readGateways);
    for (const object of mesh.all("HTTPRoute", "GRPCRoute")) {
      const { namespace } = object;
      if (namespace === undefined || gateways.isOpen) continue;
      for (const ref of object.spec.at("parentRefs").items()) {
        const name = ref.at("name").string();
        const place = namespaceOf(ref, namespace);
        if (name === undefined || name === "" || place === undefined || !isToGateway(ref)) continue;
        const gateway = gateways.byName.get(`${place}/${name}`);
        const isServed =
          gateway === undefined
            ? isOpenNamespace(mesh, place)
            : place === namespace || takesFrom(mesh, gateway, namespace);
        if (isServed) continue;
        const message = "name a Gateway that is there, and let one of its listeners take routes from this namespace";
        // Where the Namespace is somewhere else, so may be the labels that a listener asks for.
        const missing = gateway === undefined || takesFrom(mesh, gateway, namespace, "any labels");
        yield { object, path: ref.at("name").path, message, missing };
      }
    }
  },
};
