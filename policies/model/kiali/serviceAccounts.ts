import { isOpenNamespace } from "../namespaces.ts";
import { put } from "../groups.ts";
import type { Mesh } from "../mesh.ts";
import { readWorkloads } from "../workloads.ts";

/** The names of the service accounts that are declared, or that workloads run as, by namespace. */
export interface ServiceAccounts {
  readonly byNamespace: ReadonlyMap<string, readonly string[]>;
  /** Whether there may be others in a namespace, or in some namespace if none is said. */
  mayHide(namespace?: string): boolean;
}

export function readServiceAccounts(mesh: Mesh): ServiceAccounts {
  const byNamespace = new Map<string, string[]>();
  const open = new Set<string | undefined>();
  const add = (name: string | undefined, namespace: string | undefined) => {
    if (name === undefined || namespace === undefined) open.add(namespace);
    else put(byNamespace, namespace, name);
  };
  for (const { id, namespace } of mesh.all("ServiceAccount")) add(id, namespace);
  for (const { namespace, template } of mesh.derive(readWorkloads).all) {
    const place = template.at("spec", "serviceAccountName");
    const older = template.at("spec", "serviceAccount");
    const name = place.isAbsent() ? older : place;
    add(name.isAbsent() || name.string() === "" ? "default" : name.string(), namespace);
  }
  // A chart brings its own service accounts, whichever it is.
  for (const { namespace } of mesh.all("Release")) open.add(namespace);
  return {
    byNamespace,
    mayHide(namespace) {
      // Who declares none has them elsewhere.
      if (open.has(undefined) || byNamespace.size === 0) return true;
      if (namespace !== undefined) return open.has(namespace) || isOpenNamespace(mesh, namespace);
      return open.size > 0 || mesh.options.open === true;
    },
  };
}
