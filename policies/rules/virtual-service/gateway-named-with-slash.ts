import type { ObjectRule } from "../../engine/rule.ts";
import { gatewaysOf, isOldName } from "./lib/gateways.ts";

export const gatewayNamedWithSlash: ObjectRule = {
  id: "gateway-named-with-slash",
  title: "A VirtualService names a gateway of another namespace as <namespace>/<name>.",
  rationale: "The old form with a dot looks like a host, and tools other than Istio's do not know it.",
  remediation: "Write <namespace>/<name>.",
  severity: "low",
  codes: ["KIA1108"],
  sources: ["kiali/business/checkers/virtualservices/no_gateway_checker.go"],
  kinds: ["VirtualService"],

  *check(object) {
    for (const place of gatewaysOf(object)) {
      const gateway = place.string();
      if (gateway !== undefined && isOldName(gateway)) {
        yield { path: place.path, message: "write <namespace>/<name>" };
      }
    }
  },
};
