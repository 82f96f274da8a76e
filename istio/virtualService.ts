// The parts of a VirtualService.
import type { Destination, VirtualServiceSpec } from "./generated/specs.ts";

export type HttpRoute = NonNullable<VirtualServiceSpec["http"]>[number];
export type HttpMatch = NonNullable<HttpRoute["match"]>[number];
export type HttpDestination = NonNullable<HttpRoute["route"]>[number];
export type Mirror = NonNullable<HttpRoute["mirrors"]>[number];
export type TcpRoute = NonNullable<VirtualServiceSpec["tcp"]>[number];
export type TlsRoute = NonNullable<VirtualServiceSpec["tls"]>[number];

/** The fields of a VirtualService that hold routes, by the protocol that they are for. */
export const ROUTE_FIELDS = ["http", "tls", "tcp"] as const satisfies readonly (keyof VirtualServiceSpec)[];

/** The routes of every protocol. */
export function routesOf(spec: VirtualServiceSpec): readonly (HttpRoute | TcpRoute | TlsRoute)[] {
  return ROUTE_FIELDS.flatMap((field): readonly (HttpRoute | TcpRoute | TlsRoute)[] => spec[field] ?? []);
}

/** Where the routes send requests and connections; copies of requests are none of them. */
export function destinationsOf(spec: VirtualServiceSpec): readonly Destination[] {
  return routesOf(spec).flatMap(({ route = [] }) => route.map(({ destination }) => destination));
}
