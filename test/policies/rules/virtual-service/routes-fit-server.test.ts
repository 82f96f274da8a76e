import { routesFitServer } from "../../../../policies/rules/virtual-service/routes-fit-server.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, anObject, serving } from "../../istioctlObjects.ts";

const host = "www.shop.example";
const destination = { host: "web" };
const http = [{ route: [{ destination }] }];
const tls = [{ match: [{ port: 443, sniHosts: [host] }], route: [{ destination }] }];
const tcp = [{ route: [{ destination }] }];
const routes = (rest: object, gateways: readonly string[] = ["entry"]) =>
  anObject("VirtualService", "www", { hosts: [host], gateways, ...rest });
const server = (protocol: string, mode?: string, hosts: readonly string[] = [host], number = 443) => ({
  port: { number, name: "one", protocol },
  hosts,
  ...(mode && { tls: { mode } }),
});
const gateway = (...servers: readonly object[]) => aGateway("entry", servers);
const named = "0 spec.gateways[0]";

describeRule(routesFitServer, {
  accepts: {
    "http routes where HTTP is spoken": [routes({ http }), gateway(serving([host]))],
    "http routes where TLS ends": [routes({ http }), gateway(server("HTTPS", "SIMPLE"))],
    "tls routes where TLS is passed on": [routes({ tls }), gateway(server("TLS", "PASSTHROUGH"))],
    "tls routes where HTTPS is passed on": [routes({ tls }), gateway(server("HTTPS", "PASSTHROUGH"))],
    "tcp routes where TCP is spoken": [routes({ tcp }), gateway(server("TCP"))],
    "tcp routes where the TLS of TCP ends": [routes({ tcp }), gateway(server("TLS", "SIMPLE"))],
    "http routes at one of two servers": [routes({ http }), gateway(serving([host]), server("TLS", "PASSTHROUGH"))],
    "http routes, and a server of another host": [
      routes({ http }),
      gateway(serving([host]), server("TLS", "PASSTHROUGH", ["pt.shop.example"])),
    ],
    "a server for another namespace": [routes({ http }), gateway(server("TLS", "PASSTHROUGH", [`pay/${host}`]))],
    "http routes that the sidecars follow beside tls routes": [
      routes({ http, tls }, ["entry", "mesh"]),
      gateway(server("TLS", "PASSTHROUGH")),
    ],
    "a gateway that is not declared": [routes({ http }, ["other"]), gateway(server("TLS", "PASSTHROUGH"))],
  },
  refuses: {
    "http routes where TLS is passed on": [[routes({ http }), gateway(server("TLS", "PASSTHROUGH"))], named],
    "http routes where HTTPS is passed on": [[routes({ http }), gateway(server("HTTPS", "PASSTHROUGH"))], named],
    "http routes where TCP is spoken": [[routes({ http }), gateway(server("TCP"))], named],
    "http routes where the TLS of TCP ends": [[routes({ http }), gateway(server("TLS", "SIMPLE"))], named],
    "http routes where istiod makes the routes": [
      [routes({ http }), gateway(server("TLS", "AUTO_PASSTHROUGH"))],
      named,
    ],
    "tls routes where TLS ends": [[routes({ tls }), gateway(server("HTTPS", "SIMPLE"))], named],
    "tls routes where HTTP is spoken": [[routes({ tls }), gateway(serving(["*"]))], named],
    "tcp routes where TLS is passed on": [[routes({ tcp }), gateway(server("TLS", "PASSTHROUGH"))], named],
    "http routes that sidecars follow, too": [
      [routes({ http }, ["mesh", "entry"]), gateway(server("TLS", "PASSTHROUGH"))],
      "0 spec.gateways[1]",
    ],
    "http routes that nobody follows beside tls routes": [
      [routes({ http, tls }), gateway(server("TLS", "PASSTHROUGH"))],
      "0 spec.http",
    ],
  },
});
