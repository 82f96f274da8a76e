import type { ObjectRule } from "../../rule";
import { isOldName } from "./lib/gateways";
import { gatewaysOf } from "./named-gateway-exists";

export const gatewayNamedWithSlash: ObjectRule = {
  id: "gateway-named-with-slash",
  requires: "A VirtualService names a gateway of another namespace as <namespace>/<name>.",
  because: "The old form with a dot looks like a host, and tools other than Istio's do not know it.",
  wayOut: "Write <namespace>/<name>.",
  severity: "low",
  covers: ["KIA1108"],
  kinds: ["VirtualService"],

  *check(object) {
    for (const place of gatewaysOf(object)) {
      const gateway = place.text();
      if (gateway !== undefined && isOldName(gateway)) {
        yield { path: place.path, message: "write <namespace>/<name>" };
      }
    }
  },
};
