import { isIpAddress } from "../../values/hosts.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const tlsRoutesByName = warned({
  id: "tls-routes-by-name",
  title: "A TLS route matches names of hosts, not addresses.",
  rationale: "Clients do not send an address as the server name of a connection, so nothing would take the route.",
  remediation: "Write the host's name in sniHosts, or match the address by destinationSubnets in a route under tcp.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const host of places(spec, "tls[].match[].sniHosts[]")) {
      if (isIpAddress(host.string() ?? ""))
        yield at(host, "write the host's name, or match destinationSubnets in a TCP route");
    }
  },
});
