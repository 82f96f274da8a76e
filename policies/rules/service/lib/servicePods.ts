import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { readWorkloads } from "../../../model/workloads.ts";
import { isInMesh } from "../../../model/kiali/inMesh.ts";
import { mayBeOutside } from "../../../model/kiali/namespaces.ts";

/** Whether the pods behind a Service are in the mesh. Those that are not declared are taken to be, where nothing says otherwise. */
export function isMeshService(mesh: Mesh, { namespace, spec }: MeshObject): boolean {
  const selector = spec.at("selector").stringMap();
  if (namespace === undefined || selector === undefined) return false;
  const workloads = mesh.derive(readWorkloads);
  const pods = selector.size === 0 ? [] : workloads.selectedBy(selector, namespace);
  if (pods.length > 0) return pods.every((workload) => isInMesh(mesh, workload) === true);
  return !workloads.mayHide(namespace) && !mayBeOutside(mesh, namespace);
}
