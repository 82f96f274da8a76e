import { z } from "zod";
import type { TcpRoute, TlsRoute } from "../../../istio/virtualService.ts";
import { defined } from "../../../lib/defined.ts";
import * as field from "../../../lib/schema/fields.ts";
import { reporting } from "../../arguments.ts";
import { destinationSpecs, plainDestinations, type Destinations } from "./destinations.ts";
import { sourceMatch, someCondition, type SourceMatch } from "./matches.ts";
import { checkReachability } from "./reachability.ts";

/**
 * What a connection must be like. All of it must hold.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#L4MatchAttributes
 */
export interface TcpMatchArgs extends SourceMatch {
  /**
   * Port of the service that the client calls.
   * @default - every port
   */
  readonly port?: number;

  /**
   * Addresses that the client calls, e.g. `10.0.0.0/16`.
   * @default - every address
   */
  readonly destinationSubnets?: readonly string[];
}

/**
 * What happens to connections of which Istio knows no more than that they are TCP.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TCPRoute
 */
export interface TcpRouteArgs<Subset extends string> {
  /**
   * What a connection must be like: one of these has to hold.
   * @default - every connection
   */
  readonly match?: readonly TcpMatchArgs[];
  /**
   * Where the connections go.
   * @default - to the service, whatever the version
   */
  readonly to?: Destinations<Subset>;
}

/** @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSMatchAttributes */
export interface TlsMatchArgs extends TcpMatchArgs {
  /** Hosts that the client asks for when it opens the connection (SNI); each is one of the service's, or below one. */
  readonly sniHosts: readonly string[];
}

/**
 * What happens to TLS connections that the proxy does not open.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSRoute
 */
export interface TlsRouteArgs<Subset extends string> {
  /** What a connection must be like: one of these has to hold. */
  readonly match: readonly TlsMatchArgs[];
  /**
   * Where the connections go.
   * @default - to the service, whatever the version
   */
  readonly to?: Destinations<Subset>;
}

const subnetError = "must be an address or a range of addresses, such as 10.0.0.0/16";
export const subnet = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: subnetError });

const connectionMatch = {
  port: field.port.exactOptional(),
  destinationSubnets: z
    .array(subnet, { error: "must be a list of ranges of addresses" })
    .min(1, { error: "must have one range or more, or be left out: empty, it stands for all addresses" })
    .exactOptional(),
  ...sourceMatch,
};

const tcpMatch = field.section(connectionMatch).refine((match) => Object.keys(match).length > 0, someCondition);

const sniHost = field.hostOrWildcard("must be a host, such as www.example.com or *.example.com");

const tlsMatch = field.section({
  sniHosts: z.array(sniHost, { error: "must be a list of hosts" }).min(1, { error: "must have one host or more" }),
  ...connectionMatch,
});

function matches<Match extends z.ZodType>(match: Match) {
  return z.array(match, { error: "must be a list of matches" }).min(1, { error: "must have one match or more" });
}

function routes<Route extends z.ZodType>(route: Route) {
  return z
    .array(route, { error: "must be a list of routes" })
    .min(1, { error: "must have one route or more, or be left out" })
    .superRefine(
      (all, context) => {
        checkReachability(all, reporting(context));
      },
      { when: ({ value }) => Array.isArray(value) },
    );
}

export const tcpRoutes = routes(
  field.section({ match: matches(tcpMatch).exactOptional(), to: plainDestinations.exactOptional() }),
);

export const tlsRoutes = routes(field.section({ match: matches(tlsMatch), to: plainDestinations.exactOptional() }));

/** Routes of TCP connections as Istio writes them. */
export function tcpRouteSpecs(host: string, routes: readonly TcpRouteArgs<string>[]): TcpRoute[] {
  return routes.map(({ match, to }) => defined<TcpRoute>({ match, route: destinationSpecs(host, to) }));
}

/** Routes of TLS connections as Istio writes them. */
export function tlsRouteSpecs(host: string, routes: readonly TlsRouteArgs<string>[]): TlsRoute[] {
  return routes.map(({ match, to }) => ({ match, route: destinationSpecs(host, to) }));
}
