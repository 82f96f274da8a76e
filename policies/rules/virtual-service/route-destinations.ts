import { isPort, PORT_TEXT, wildcardHostProblem } from "../../values/hosts.ts";
import { DNS_LABEL_TEXT, isDnsLabel } from "../../values/names.ts";
import { allPlaces, lacksText } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

const DESTINATIONS = [
  "http[].route[].destination",
  "http[].mirror",
  "http[].mirrors[].destination",
  "tls[].route[].destination",
  "tcp[].route[].destination",
  "outboundTrafficPolicy.egressProxy",
];

export const routeDestinations = rejected({
  id: "route-destinations",
  title: "A destination has a host name, and a valid subset and port if it sets them.",
  remediation:
    "Set host to a name such as reviews.shop.svc.cluster.local, subset to letters, digits and hyphens, and port.number to 1 to 65535.",
  kinds: ["Sidecar", "VirtualService"],

  *check({ spec }) {
    for (const destination of allPlaces(spec, ...DESTINATIONS)) {
      const host = destination.at("host");
      const name = host.string();
      if (lacksText(host) || name === "*") {
        yield at(host, "set the host that receives the requests");
      } else if (name !== undefined) {
        const problem = wildcardHostProblem(name);
        if (problem !== undefined) yield at(host, problem);
      }
      const subset = destination.at("subset");
      const subsetName = subset.string() ?? "";
      if (subsetName !== "" && !isDnsLabel(subsetName)) yield at(subset, `write ${DNS_LABEL_TEXT}`);
      const port = destination.at("port");
      const number = port.at("number");
      if (port.isPresent() && !number.isUnknown() && !isPort(number.number() ?? 0)) yield at(number, PORT_TEXT);
    }
  },
});
