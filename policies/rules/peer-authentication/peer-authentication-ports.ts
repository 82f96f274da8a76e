import { isPort, PORT_TEXT } from "../../values/hosts.ts";
import { hasItems, lacksItems } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const peerAuthenticationPorts = rejected({
  id: "peer-authentication-ports",
  title: "Port-level mutual TLS settings are for selected workloads and valid ports.",
  remediation:
    "Select the workloads with selector.matchLabels, and use ports from 1 to 65535 as keys of portLevelMtls.",
  kinds: ["PeerAuthentication"],

  *check({ spec }) {
    const ports = spec.at("portLevelMtls");
    if (hasItems(ports) && lacksItems(spec.at("selector", "matchLabels"))) {
      yield at(ports, "select the workloads that have these ports with selector.matchLabels");
    }
    for (const [number, port] of ports.entries()) {
      // The API server drops an empty entry, and istiod reads no number that begins with 0.
      if (!port.isAbsent() && !(/^[1-9]\d*$/.test(number) && isPort(Number(number)))) yield at(port, PORT_TEXT);
    }
  },
});
