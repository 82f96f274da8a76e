import { UNKNOWN, type Field } from "../field.ts";
import { qualified } from "../../../istio/hostNames.ts";
import type { Mesh, MeshObject } from "../mesh.ts";
import { serviceNameOf } from "../hosts.ts";
import { readServices, type MeshService } from "../services.ts";

/** Every place in a VirtualService that sends requests, or copies of them, somewhere. */
export function destinationsOf({ spec }: MeshObject): Field[] {
  const routed = ["http", "tcp", "tls"].flatMap((protocol) =>
    spec
      .at(protocol)
      .items()
      .flatMap((route) => route.at("route").items()),
  );
  const http = spec.at("http").items();
  const mirrors = http.flatMap((route) => route.at("mirrors").items());
  return [
    ...routed.map((share) => share.at("destination")),
    ...http.map((route) => route.at("mirror")).filter((mirror) => !mirror.isAbsent()),
    ...mirrors.map((share) => share.at("destination")),
  ];
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
  return mesh.isOpen(place) ? UNKNOWN : [];
}

function isService({ object }: MeshService): boolean {
  return object.kind === "Service";
}
