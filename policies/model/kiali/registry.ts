// Which hosts Kiali finds in the service registry: Services by every form of their name, ServiceEntries by the end of their hosts.
import { isOpenNamespace } from "../namespaces.ts";
import { CLUSTER_DOMAIN } from "../../../istio/hosts.ts";
import { put } from "../groups.ts";
import type { Mesh, MeshObject } from "../mesh.ts";
import { readKubernetesServices } from "../services.ts";
import { readWorkloads } from "../workloads.ts";
import { serviceAndNamespace, type Host } from "./hosts.ts";
import { isSeenFrom } from "./visibility.ts";

export interface Registry {
  /** Whether a host is certainly not known to what is in a namespace. */
  lacks(host: Host, namespace: string): boolean;
  /** Whether a Service is certainly not there, whoever sees it. */
  isMissing(name: string, namespace: string): boolean;
  /** Whether a namespace may have Services that are not declared, or whose names are not known yet. */
  mayHide(namespace: string): boolean;
  /** Whether a host may be that of such a Service. */
  mayBeHidden(host: Host): boolean;
  /** The Service of a name in a namespace. */
  service(name: string, namespace: string): MeshObject | undefined;
}

export function readRegistry(mesh: Mesh): Registry {
  const services = new Map<string, MeshObject>();
  const openNamespaces = new Set<string>();
  let isOpen = false;
  for (const object of mesh.derive(readKubernetesServices)) {
    const { id, namespace } = object;
    if (namespace === undefined) isOpen = true;
    else if (id === undefined) openNamespaces.add(namespace);
    else services.set(`${id}.${namespace}`, object);
  }

  const entries = new Map<string, MeshObject[]>();
  for (const object of mesh.all("ServiceEntry")) {
    const hosts = object.spec.at("hosts");
    if (hosts.isUnknown()) isOpen = true;
    for (const item of hosts.items()) {
      const host = item.string();
      if (host === undefined) isOpen ||= item.isUnknown();
      else put(entries, host.slice(host.indexOf("*") + 1), object);
    }
  }

  const serviceOf = (host: Host) => services.get(shortened(host.name));
  const isEntry = ({ name }: Host, namespace: string) => {
    for (let start = 0; start <= name.length; start += 1) {
      const found = entries.get(name.slice(start));
      if (found?.some((object) => isSeenFrom(mesh, object, namespace)) === true) return true;
    }
    return false;
  };
  // Who declares only routes has the Services elsewhere.
  const hasPods = mesh.derive(readWorkloads).all.length > 0;
  const isTold = hasPods || mesh.all("Service").length > 0 || mesh.all("ServiceEntry").some(isInternal);
  const mayHide = (namespace: string) =>
    isOpen || !isTold || openNamespaces.has(namespace) || isOpenNamespace(mesh, namespace);
  const mayBeHidden = (host: Host) => {
    const [, place] = serviceAndNamespace(host);
    return (host.isService || host.name.split(".").length === 2) && mayHide(place);
  };
  return {
    lacks(host, namespace) {
      const service = serviceOf(host);
      if (service !== undefined && isSeenFrom(mesh, service, namespace)) return false;
      if (isEntry(host, namespace) || isOpen) return false;
      return !mayBeHidden(host);
    },
    isMissing: (name, namespace) => !mayHide(namespace) && !services.has(`${name}.${namespace}`),
    mayHide,
    mayBeHidden,
    service: (name, namespace) => services.get(`${name}.${namespace}`),
  };
}

/** Whether a ServiceEntry is about what is in the mesh. */
function isInternal({ spec }: MeshObject): boolean {
  return spec.at("location").string() === "MESH_INTERNAL";
}

/** A Service's name in full, or up to `svc`, as `<name>.<namespace>`; any other name as it is. */
function shortened(name: string): string {
  for (const end of [`.${CLUSTER_DOMAIN}`, ".svc"]) if (name.endsWith(end)) return name.slice(0, -end.length);
  return name;
}
