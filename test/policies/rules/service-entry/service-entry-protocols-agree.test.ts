import { serviceEntryProtocolsAgree } from "../../../../policies/rules/service-entry/service-entry-protocols-agree.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const entry = (protocol: string, exportTo?: string[], number = 443, namespace?: string, host = "api.example") =>
  anObject(
    "ServiceEntry",
    "api",
    { hosts: [host], ports: [{ number, protocol }], ...(exportTo && { exportTo }) },
    namespace,
  );
const [first, second] = ["0 spec.ports[0].protocol", "1 spec.ports[0].protocol"];

describeRule(serviceEntryProtocolsAgree, {
  accepts: {
    "the same": [entry("HTTPS"), entry("https", undefined, undefined, "other")],
    "different ports": [entry("HTTPS"), entry("TCP", undefined, 80)],
    "namespaces that do not see each other's": [entry("HTTPS", ["."]), entry("TLS", ["."], 443, "other")],
  },
  refuses: {
    "different ones for a host in other letters": [
      [entry("HTTPS"), entry("TLS", undefined, undefined, undefined, "API.example")],
      first,
      second,
    ],
    "each port of one that has two": [
      [
        entry("HTTPS"),
        anObject("ServiceEntry", "twice", {
          hosts: ["api.example"],
          ports: ["HTTPS", "TLS"].map((protocol) => ({ number: 443, protocol })),
        }),
      ],
      first,
      second,
      "1 spec.ports[1].protocol",
    ],
    "different ones for all": [[entry("HTTPS"), entry("TLS", undefined, 443, "other")], first, second],
    "one for all and one for a namespace": [[entry("HTTPS"), entry("TLS", ["other"])], second, first],
    "two for the same namespace": [[entry("HTTPS", ["."]), entry("TLS", ["shop"], 443, "other")], first, second],
  },
});
