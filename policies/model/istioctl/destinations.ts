import { isOpenNamespace } from "../namespaces.ts";
import { destinationsOf, mirrorsOf, routesOf } from "../routes.ts";
import { UNKNOWN, type Field } from "../field.ts";
import { qualified, serviceNameOf } from "../../../istio/hosts.ts";
import type { Mesh, MeshObject } from "../mesh.ts";
import { readServices, type MeshService } from "../services.ts";

/** Every place in a VirtualService that sends requests, or copies of them, somewhere. Kiali does not look at copies. */
export function allDestinationsOf(object: MeshObject): Field[] {
  return [...destinationsOf(routesOf(object)), ...mirrorsOf(object.spec.at("http").items())];
}

/**
 * The services that a host means to an object that is exported to some namespaces. UNKNOWN if there may be one that is not
 * declared; none if there is none.
 *
 * @param exportTo - the list of the object that names the host
 */
export function servicesBehind(
  mesh: Mesh,
  host: string,
  namespace: string,
  exportTo: Field,
): readonly MeshService[] | typeof UNKNOWN {
  const services = mesh.derive(readServices);
  const full = qualified(host, namespace);
  const exported = exportTo.strings();
  if (exportTo.isUnknown() || exported.length < exportTo.items().length) return UNKNOWN;
  const seers = exported.length === 0 ? [namespace] : exported.map((to) => (to === "." ? namespace : to));

  const exact = services.of(full);
  const seen = ["*", ...seers]
    .map((seer) => exact.filter(({ scopes }) => scopes !== UNKNOWN && scopes.has(seer)))
    .find((some) => some.length > 0);
  // A Service hides ServiceEntries of the same name.
  if (seen !== undefined) return seen.some(isService) ? seen.filter(isService) : seen;

  const other = services.find(host, namespace);
  if (other === UNKNOWN) return UNKNOWN;
  if (other !== undefined) return other.host === full ? [] : [other];
  const place = serviceNameOf(full)?.namespace ?? namespace;
  return isOpenNamespace(mesh, place) ? UNKNOWN : [];
}

function isService({ object }: MeshService): boolean {
  return object.kind === "Service";
}
