import { isOpenNamespace } from "./namespaces.ts";
import { UNKNOWN, type Field } from "./field.ts";
import { qualified, serviceNameOf, fqdnOf } from "../../istio/hosts.ts";
import type { Mesh, MeshObject } from "./mesh.ts";
import { HostIndex } from "./hosts.ts";
import { readReleases } from "./releases.ts";
import { isVisible, scopesOf, scopesOfService, type Scopes } from "./visibility.ts";

/** A host that the mesh knows, from a Service or a ServiceEntry. */
export interface MeshService {
  /** In full; the host of a ServiceEntry may be a wildcard. */
  readonly host: string;
  readonly namespace: string;
  /** A Service, which a Helm release may imply, or a ServiceEntry. */
  readonly object: MeshObject;
  readonly scopes: Scopes | typeof UNKNOWN;
}

export interface ServicePort {
  readonly place: Field;
  readonly number: number | undefined;
  readonly name: string | undefined;
  readonly protocol: string | undefined;
}

export interface Services {
  readonly all: readonly MeshService[];
  /**
   * The service that a name means, to one who sees what `namespace` does: exact names before wildcards. UNKNOWN if none is
   * declared, but one may be there: under a name that is not known yet, or in a namespace that is not declared in full.
   *
   * @param host - as written, a short name or in full
   */
  find(host: string, namespace: string): MeshService | typeof UNKNOWN | undefined;
  /** All services of exactly this host, a name in full, whoever sees them. */
  of(host: string): readonly MeshService[];
}

/** All Services, also those of Istio's Helm releases. */
export function readKubernetesServices(mesh: Mesh): readonly MeshObject[] {
  const implied = mesh.derive(readReleases).flatMap(({ objects }) => objects);
  return [...mesh.all("Service"), ...implied.filter(({ kind }) => kind === "Service")];
}

export function readServices(mesh: Mesh): Services {
  const all: MeshService[] = [];
  let isOpen = false;
  for (const object of mesh.derive(readKubernetesServices)) {
    const { id, namespace } = object;
    isOpen ||= namespace === undefined || (id === undefined && object.metadata.at("name").isUnknown());
    if (id === undefined || namespace === undefined) continue;
    all.push({ host: fqdnOf({ name: id, namespace }), namespace, object, scopes: scopesOfService(object, namespace) });
  }
  for (const object of mesh.all("ServiceEntry")) {
    const { spec, namespace } = object;
    const hosts = spec.at("hosts");
    isOpen ||= hosts.isUnknown() || namespace === undefined;
    if (namespace === undefined) continue;
    const scopes = scopesOf(spec.at("exportTo"), namespace);
    for (const item of hosts.items()) {
      const host = item.string();
      isOpen ||= item.isUnknown();
      if (host !== undefined) all.push({ host: qualified(host, namespace), namespace, object, scopes });
    }
  }
  const index = new HostIndex<MeshService>();
  for (const service of all) index.add(service.host, service);

  return {
    all,
    of: (host) => index.exactly(host),
    find(host, namespace) {
      const full = qualified(host, namespace);
      const candidates = [...index.exactly(full), ...index.covering(full)];
      const seen = candidates.find(({ scopes }) => scopes !== UNKNOWN && isVisible(scopes, namespace));
      if (seen !== undefined) return seen;
      if (isOpen || candidates.some(({ scopes }) => scopes === UNKNOWN)) return UNKNOWN;
      const place = serviceNameOf(full)?.namespace;
      return place !== undefined && isOpenNamespace(mesh, place) ? UNKNOWN : undefined;
    },
  };
}

/** The ports of a service, read when asked for. */
export function portsOf({ object }: Pick<MeshService, "object">): ServicePort[] {
  const number = object.kind === "Service" ? "port" : "number";
  return object.spec
    .at("ports")
    .items()
    .map((place) => ({
      place,
      number: place.at(number).number(),
      name: place.at("name").string(),
      protocol: place.at("protocol").string(),
    }));
}
