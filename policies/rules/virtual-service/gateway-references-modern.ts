import { GATEWAY_LISTS, readGateways } from "./gateway-references.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const gatewayReferencesModern = warned({
  id: "gateway-references-modern",
  title: "A route names a Gateway in another namespace as <namespace>/<name>.",
  rationale: "The old form with a dot looks like a host name, and Istio warns that it is deprecated.",
  remediation: "Put the namespace first, followed by a slash, as in istio-ingress/shop instead of shop.istio-ingress.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const path of GATEWAY_LISTS) {
      for (const list of places(spec, path)) {
        for (const [gateway, text] of readGateways(list)) {
          if (!text.includes("/") && text.includes(".")) {
            // istiod's webhook drops the warning about the matches of the other protocols.
            const code = path.startsWith("http") || path.startsWith("tcp") ? null : "IST0133";
            yield { ...at(gateway, "use <namespace>/<name> instead"), code };
          }
        }
      }
    }
  },
});
