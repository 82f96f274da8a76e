import { readWorkloads } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";

/** By which the pods of a gateway of the Gateway API are known. */
const GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

export const policySelectorEffective: MeshRule = {
  id: "policy-selector-effective",
  title: "A policy for a gateway of the Gateway API names the Gateway as its target, instead of selecting the pods.",
  rationale: "These pods follow policies by target only, so one with a selector protects nothing.",
  remediation:
    "Replace the selector by targetRefs with group gateway.networking.k8s.io, kind Gateway and the Gateway's name.",
  severity: "medium",
  codes: ["IST0166"],
  sources: ["istio/pkg/config/analysis/analyzers/k8sgateway/workloadselector.go"],

  *checkMesh(mesh) {
    const workloads = mesh.derive(readWorkloads);
    for (const object of mesh.all("AuthorizationPolicy", "RequestAuthentication", "Telemetry", "WasmPlugin")) {
      const { namespace, spec } = object;
      const selector = spec.at("selector");
      if (namespace === undefined || !selector.isPresent() || spec.at("targetRef").isPresent()) continue;
      const labels = selector.at("matchLabels").stringMap();
      if (labels === undefined) continue;
      const pods = workloads.selectedBy(labels, namespace);
      if (pods.some((some) => some.labels?.has(GATEWAY_NAME))) {
        yield { object, path: selector.path, message: "write targetRefs with the Gateway instead of a selector" };
      }
    }
  },
};
