import type { ObjectRule } from "../../engine/rule.ts";
import { gatewaysOf, isOldName } from "./lib/gateways.ts";

export const gatewayNamedWithSlash: ObjectRule = {
  id: "gateway-named-with-slash",
  title: "A VirtualService names a Gateway in another namespace as <namespace>/<name>.",
  rationale: "The old form with a dot looks like a host name, and tools other than Istio do not understand it.",
  remediation: "Use the form <namespace>/<name>.",
  severity: "low",
  codes: ["KIA1108"],
  sources: ["kiali/business/checkers/virtualservices/no_gateway_checker.go"],
  kinds: ["VirtualService"],

  *check(object) {
    for (const place of gatewaysOf(object)) {
      const gateway = place.string();
      if (gateway !== undefined && isOldName(gateway)) {
        yield { path: place.path, message: "use the form <namespace>/<name>" };
      }
    }
  },
};
