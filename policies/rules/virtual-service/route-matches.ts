import { isIpAddressOrRange } from "../../../istio/addresses.ts";
import { isPort, PORT_TEXT } from "../../values/hosts.ts";
import { labelFindings } from "../../values/labels.ts";
import { DNS_LABEL_TEXT, isDnsLabel } from "../../values/names.ts";
import { allPlaces, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const routeMatches = rejected({
  id: "route-matches",
  title: "A route matches valid ports, subnets, namespaces and labels.",
  remediation:
    "Use ports from 1 to 65535, subnets such as 10.0.0.0/8, namespaces such as shop, and labels such as version: v1.",
  sources: ["istio/pkg/config/validation/virtualservice.go", "istio/pkg/config/validation/validation.go"],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const match of allPlaces(spec, "http[].match[]", "tls[].match[]", "tcp[].match[]")) {
      const port = match.at("port");
      const number = port.number() ?? 0;
      if (number !== 0 && !isPort(number)) yield at(port, PORT_TEXT);
      yield* labelFindings(match.at("sourceLabels"));
      for (const subnet of places(match, "destinationSubnets[]")) {
        const text = subnet.string();
        if (text !== undefined && !isIpAddressOrRange(text))
          yield at(subnet, "use an address, or a range such as 10.0.0.0/8");
      }
    }
    for (const namespace of places(spec, "http[].match[].sourceNamespace")) {
      const text = namespace.string() ?? "";
      if (text !== "" && !isDnsLabel(text)) yield at(namespace, `use the name of a namespace, ${DNS_LABEL_TEXT}`);
    }
  },
});
