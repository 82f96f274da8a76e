import type { Mesh } from "../../../model/mesh.ts";
import { readWorkloads, type Selector, type Workload } from "../../../model/workloads.ts";
import { scales } from "../../../model/scale.ts";

/** The most pods that a selector takes at once in a namespace; nothing if that is not known. */
export function mostPods(mesh: Mesh, selector: Selector, namespace: string): number | undefined {
  const workloads = mesh.derive(readWorkloads);
  if (workloads.mayHide(namespace)) return undefined;
  let sum = 0;
  for (const workload of workloads.selectedBy(selector, namespace)) {
    const most = mostOf(mesh, workload);
    if (most === undefined) return undefined;
    sum += most;
  }
  return sum;
}

function mostOf(mesh: Mesh, { object }: Workload): number | undefined {
  if (object.kind === "Pod") return 1;
  // How many a DaemonSet has, the nodes say, and what scales the others is not looked at.
  if (object.kind !== "Deployment") return undefined;
  const scalers = mesh.all("HorizontalPodAutoscaler");
  const scaler = scalers.find((one) => scales(one, object));
  if (scaler !== undefined) return scaler.spec.at("maxReplicas").number();
  if (scalers.some(({ hasUnread }) => hasUnread) || (scalers.length > 0 && object.hasUnread)) return undefined;
  const replicas = object.spec.at("replicas");
  return replicas.isAbsent() ? 1 : replicas.number();
}
