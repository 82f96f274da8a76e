import type { ObjectRule } from "../../engine/rule.ts";
import { bindingsOf } from "./lib/bindings.ts";

export const internalGatewayUnbound: ObjectRule = {
  id: "internal-gateway-unbound",
  title: "No VirtualService is bound to a gateway that istiod creates for the Gateway API.",
  rationale:
    "Its name is internal to istiod and changes without notice, and it supports only HTTPRoutes and similar routes.",
  remediation:
    "Create an HTTPRoute with the Gateway as parentRef, or name a Gateway of networking.istio.io in gateways.",
  severity: "medium",
  codes: ["IST0165"],
  sources: ["istio/pkg/config/analysis/analyzers/virtualservice/gateways.go"],
  kinds: ["VirtualService"],

  *check(object) {
    for (const { place, isInternal } of bindingsOf(object)) {
      if (isInternal)
        yield { path: place.path, message: "create an HTTPRoute for that gateway, or bind this to an Istio Gateway" };
    }
  },
};
