import type { Field } from "../field.ts";
import type { MeshObject } from "../mesh.ts";

export const PROTOCOLS = ["http", "tcp", "tls"] as const;

/** The routes of a VirtualService, of all protocols. */
export function routesOf({ spec }: MeshObject): Field[] {
  return PROTOCOLS.flatMap((protocol) => spec.at(protocol).items());
}

/** Where the routes of a VirtualService send requests to. */
export function destinationsOf(object: MeshObject): Field[] {
  return routesOf(object).flatMap((route) => targetsOf(route).map((target) => target.at("destination")));
}

/** The weighted destinations of one route. */
export function targetsOf(route: Field): Field[] {
  return route.at("route").items();
}
