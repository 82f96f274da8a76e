import type { MeshRule } from "../../engine/rule.ts";
import { podsOfGateway } from "../../model/istioctl/gatewayPods.ts";

export const gatewaySelectsPods: MeshRule = {
  id: "gateway-selects-pods",
  title: "The selector of a Gateway matches Pods.",
  rationale: "A Gateway without Pods opens no port.",
  remediation:
    "Set spec.selector to labels of the gateway's Pods, such as istio: ingressgateway, or deploy such a gateway.",
  severity: "high",
  missing: true,
  codes: ["IST0101"],
  sources: ["istio/pkg/config/analysis/analyzers/gateway/gateway.go"],

  *checkMesh(mesh) {
    for (const object of mesh.all("Gateway")) {
      const gateway = podsOfGateway(mesh, object);
      if (gateway === undefined || gateway.pods.length > 0 || gateway.isOpen) continue;
      const { path } = object.spec.at("selector");
      yield { object, path, message: "use labels of the gateway's Pods" };
    }
  },
};
