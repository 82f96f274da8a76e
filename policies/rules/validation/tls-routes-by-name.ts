import { isIpAddress } from "./lib/hosts";
import { places } from "./lib/reading";
import { at, warned } from "./lib/verdicts";

export const tlsRoutesByName = warned({
  id: "tls-routes-by-name",
  requires: "A TLS route matches names of hosts, not addresses.",
  because: "Clients do not send an address as the server name of a connection, so nothing would take the route.",
  wayOut: "Write the host's name in sniHosts, or match the address by destinationSubnets in a route under tcp.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const host of places(spec, "tls[].match[].sniHosts[]")) {
      if (isIpAddress(host.text() ?? ""))
        yield at(host, "write the host's name, or match destinationSubnets in a TCP route");
    }
  },
});
