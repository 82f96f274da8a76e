import { isIpAddress } from "../../../istio/addresses.ts";
import { fqdnProblem, isPort, PORT_TEXT } from "../../values/hosts.ts";
import { trafficPoliciesOf } from "../../values/trafficPolicy.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const tunnels = rejected({
  id: "tunnels",
  title: "A tunnel leads to a port of a host, with CONNECT or POST.",
  remediation:
    "Set targetHost to a host name or IP address, targetPort to 1 to 65535, and protocol to CONNECT or POST.",
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of trafficPoliciesOf(object)) {
      const tunnel = policy.at("tunnel");
      if (!tunnel.isPresent()) continue;
      const protocol = tunnel.at("protocol");
      if (!["", "CONNECT", "POST"].includes(protocol.string() ?? "")) yield at(protocol, "use CONNECT or POST");
      const host = tunnel.at("targetHost");
      const name = host.isAbsent() ? "" : host.string();
      if (name !== undefined && fqdnProblem(name) !== undefined && !isIpAddress(name)) {
        yield at(host, "use a host name or an IP address");
      }
      const port = tunnel.at("targetPort");
      const number = port.isAbsent() ? 0 : port.number();
      if (number !== undefined && !isPort(number)) yield at(port, PORT_TEXT);
    }
  },
});
