import { isIpAddress } from "../../../istio/addresses.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const tlsRoutesByName = warned({
  id: "tls-routes-by-name",
  title: "A TLS route matches host names, not addresses.",
  rationale: "Clients do not send an IP address as the server name (SNI), so the route never matches.",
  remediation: "Use a host name in sniHosts, or match the address with destinationSubnets in a tcp route.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const host of places(spec, "tls[].match[].sniHosts[]")) {
      if (isIpAddress(host.string() ?? ""))
        yield at(host, "use a host name, or match destinationSubnets in a tcp route");
    }
  },
});
