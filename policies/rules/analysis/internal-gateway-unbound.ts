import type { ObjectRule } from "../../rule";
import { bindingsOf } from "./lib/bindings";

export const internalGatewayUnbound: ObjectRule = {
  id: "internal-gateway-unbound",
  requires: "No VirtualService is bound to a gateway that istiod makes for the Gateway API.",
  because: "Its name is istiod's own and changes without notice; only HTTPRoutes and their like belong there.",
  wayOut: "Write an HTTPRoute with the Gateway as parentRef, or name a Gateway of networking.istio.io in gateways.",
  severity: "medium",
  covers: ["IST0165"],
  kinds: ["VirtualService"],

  *check(object) {
    for (const { place, isInternal } of bindingsOf(object)) {
      if (isInternal)
        yield { path: place.path, message: "write an HTTPRoute for that gateway, or bind to a Gateway of Istio" };
    }
  },
};
