import { isOpenNamespace } from "./namespaces.ts";
// To which VirtualServices the routes of others delegate: see mergeVirtualServices in pilot/pkg/model/virtualservice_controller.go.
import type { Field } from "./field.ts";
import type { Mesh, MeshObject } from "./mesh.ts";

export interface Delegation {
  /** The VirtualService with hosts, and its route. */
  readonly root: MeshObject;
  readonly route: Field;
  readonly delegate: Field;
  readonly namespace: string;
  readonly name: string;
}

/** Every route that names another VirtualService to go on with. */
export function delegationsOf(mesh: Mesh): Delegation[] {
  return mesh.all("VirtualService").flatMap((root) =>
    root.spec
      .at("http")
      .items()
      .flatMap((route) => {
        const delegate = route.at("delegate");
        const [place, name] = [delegate.at("namespace"), delegate.at("name").string()];
        if (name === undefined || place.isUnknown() || root.namespace === undefined) return [];
        const namespace = (place.string() ?? "") === "" ? root.namespace : (place.string() ?? "");
        return [{ root, route, delegate, namespace, name }];
      }),
  );
}

/** The VirtualServices of a name, of which there is at most one in a cluster; nothing if one may be it. */
export function virtualServiceAt(mesh: Mesh, namespace: string, name: string): MeshObject | "none" | undefined {
  const { byName, isOpen } = mesh.derive(readVirtualServices);
  const found = byName.get(`${namespace}/${name}`);
  if (found !== undefined) return found;
  return isOpen || isOpenNamespace(mesh, namespace) ? undefined : "none";
}

function readVirtualServices(mesh: Mesh) {
  const byName = new Map<string, MeshObject>();
  let isOpen = false;
  for (const object of mesh.all("VirtualService")) {
    const { namespace, id, metadata } = object;
    if (namespace === undefined || metadata.at("name").isUnknown()) isOpen = true;
    else if (id !== undefined) byName.set(`${namespace}/${id}`, object);
  }
  return { byName, isOpen };
}
