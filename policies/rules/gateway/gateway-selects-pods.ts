import type { MeshRule } from "../../engine/rule.ts";
import { podsOfGateway } from "../../model/istioctl/gatewayPods.ts";

export const gatewaySelectsPods: MeshRule = {
  id: "gateway-selects-pods",
  title: "The selector of a Gateway selects pods.",
  rationale: "A Gateway without pods opens no port anywhere.",
  remediation:
    "Set spec.selector to labels of the gateway's pods, such as istio: ingressgateway, or deploy such a gateway.",
  severity: "high",
  missing: true,
  codes: ["IST0101"],
  sources: ["istio/pkg/config/analysis/analyzers/gateway/gateway.go"],

  *checkMesh(mesh) {
    for (const object of mesh.all("Gateway")) {
      const gateway = podsOfGateway(mesh, object);
      if (gateway === undefined || gateway.pods.length > 0 || gateway.isOpen) continue;
      const { path } = object.spec.at("selector");
      yield { object, path, message: "write the labels that the pods of the gateway have" };
    }
  },
};
