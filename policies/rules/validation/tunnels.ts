import { fqdnProblem, isIpAddress, isPort, PORT_TEXT } from "./lib/hosts";
import { trafficPolicies } from "./lib/trafficPolicy";
import { at, rejected } from "./lib/verdicts";

export const tunnels = rejected({
  id: "tunnels",
  requires: "A tunnel leads to a port of a host, by CONNECT or POST.",
  wayOut: "Set targetHost to a host name or IP address, targetPort from 1 to 65535, and protocol to CONNECT or POST.",
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of trafficPolicies(object)) {
      const tunnel = policy.at("tunnel");
      if (!tunnel.isPresent()) continue;
      const protocol = tunnel.at("protocol");
      if (!["", "CONNECT", "POST"].includes(protocol.text() ?? "")) yield at(protocol, "write CONNECT or POST");
      const host = tunnel.at("targetHost");
      const name = host.isAbsent() ? "" : host.text();
      if (name !== undefined && fqdnProblem(name) !== undefined && !isIpAddress(name)) {
        yield at(host, "write the name of a host, or an address");
      }
      const port = tunnel.at("targetPort");
      const number = port.isAbsent() ? 0 : port.number();
      if (number !== undefined && !isPort(number)) yield at(port, PORT_TEXT);
    }
  },
});
