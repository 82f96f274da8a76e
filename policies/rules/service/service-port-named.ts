import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";
import { isKnownProtocol, KUBERNETES_PROTOCOLS } from "../../values/protocols.ts";
import { mayBeManaged, mayBeOfIstio } from "../../model/istioctl/controlPlane.ts";

/** Mail, DNS, MySQL and MongoDB: Istio treats these as TCP whatever their name. */
const WELL_KNOWN = new Set([25, 53, 3306, 27017]);

/** Who writes the Services of Gateways and waypoints. */
const CONTROLLERS = ["istio.io-gateway-controller", "istio.io-mesh-controller", "istio.io-eastwest-controller"];

export const servicePortNamed: ObjectRule = {
  id: "service-port-named",
  title: "Each Service port declares its protocol, with appProtocol or a name such as http-web.",
  rationale: "Otherwise Istio guesses from the first bytes, and HTTP routes, retries and metrics may not apply.",
  remediation:
    "Set appProtocol or begin the name with the protocol, as in grpc-orders, and use a protocol other than plain tcp for an ExternalName.",
  severity: "low",
  codes: ["IST0118", "IST0150"],
  sources: ["istio/pkg/config/analysis/analyzers/service/portname.go"],
  kinds: ["Service"],

  *check(object) {
    if (mayBeOfIstio(object) || mayBeManaged(object, CONTROLLERS)) return;
    const external = object.spec.at("type").string() === "ExternalName";
    for (const port of object.spec.at("ports").items()) {
      const name = port.at("name");
      if (!lacksProtocol(port) && !(external && name.string() === "tcp")) continue;
      yield external
        ? {
            code: "IST0150",
            path: name.path,
            message: "begin the name with a protocol other than plain tcp, such as http",
          }
        : {
            code: "IST0118",
            path: name.path,
            message: "set appProtocol, or begin the name with the protocol: http, grpc, tcp…",
          };
    }
  },
};

function lacksProtocol(port: Field): boolean {
  const appProtocol = port.at("appProtocol");
  const name = port.at("name");
  const decisive = appProtocol.isAbsent() ? name : appProtocol;
  const [transport, number] = [port.at("protocol"), port.at("port")];
  if (transport.string() === "UDP" || [decisive, transport, number].some((place) => place.isUnknown())) return false;
  const text = decisive.string() ?? "";
  if (decisive === appProtocol && KUBERNETES_PROTOCOLS.has(text)) return false;
  const [prefix = ""] = text.toLowerCase().split("-");
  if (isKnownProtocol(prefix) || text.toLowerCase().startsWith("grpc-web")) return false;
  return !WELL_KNOWN.has(number.number() ?? 0);
}
