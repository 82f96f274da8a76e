import type { Field } from "./field.ts";
import type { MeshObject } from "./mesh.ts";

/** The lists of routes that a VirtualService has. */
export const ROUTE_LISTS = ["http", "tcp", "tls"] as const;

/** The routes of a VirtualService, of every protocol. */
export function routesOf({ spec }: MeshObject): Field[] {
  return ROUTE_LISTS.flatMap((list) => spec.at(list).items());
}

/** The weighted destinations of one route, each with its `destination`. */
export function sharesOf(route: Field): Field[] {
  return route.at("route").items();
}

/** Where some routes send requests to. */
export function destinationsOf(routes: readonly Field[]): Field[] {
  return routes.flatMap(sharesOf).map((share) => share.at("destination"));
}

/** Where HTTP routes send copies of requests to. */
export function mirrorsOf(routes: readonly Field[]): Field[] {
  const single = routes.map((route) => route.at("mirror")).filter((mirror) => !mirror.isAbsent());
  const several = routes.flatMap((route) => route.at("mirrors").items());
  return [...single, ...several.map((share) => share.at("destination"))];
}

/** The gateways that a VirtualService is bound to, beside the sidecars. */
export function boundGateways({ spec }: MeshObject): Field[] {
  return spec
    .at("gateways")
    .items()
    .filter((gateway) => gateway.string() !== undefined && gateway.string() !== "mesh");
}
