// Files and programs often hold a part of what is in a cluster, such as the objects of Istio without the workloads. Of a sort of
// object that is not declared at all, nothing can be missing; istioctl leaves out the same checks where it has only files.
import type { Mesh } from "../mesh.ts";
import { readKubernetesServices } from "../services.ts";
import { readWorkloads } from "../workloads.ts";

export function declaresPods(mesh: Mesh): boolean {
  return mesh.derive(readWorkloads).all.length > 0;
}

export function declaresServices(mesh: Mesh): boolean {
  return mesh.derive(readKubernetesServices).length > 0;
}
