import type { Mesh, MeshObject } from "../mesh.ts";
import { readReleases } from "../releases.ts";
import { readWorkloads, type Selector, type Workload } from "../workloads.ts";
import { PROXY } from "./injection.ts";

/** The pods that a Gateway is served by, in whatever namespace. */
export interface GatewayPods {
  readonly selector: Selector;
  readonly pods: readonly Workload[];
  /** Whether there may be others. */
  readonly isOpen: boolean;
}

/** Nothing if the Gateway's selector is not known yet. */
export function podsOfGateway(mesh: Mesh, { spec }: MeshObject): GatewayPods | undefined {
  const selector = spec.at("selector").stringMap();
  if (selector === undefined) return undefined;
  const pods = mesh.derive(readWorkloads).selectedBy(selector);
  return { selector, pods, isOpen: mesh.derive(mayHideGateways) };
}

/**
 * Whether gateways may run that are not declared. Who declares one is taken to declare all that it refers to, unless there are
 * charts whose objects are not known. Whoever declares only applications has their gateways from elsewhere; files with pods are
 * what a cluster runs.
 */
function mayHideGateways(mesh: Mesh): boolean {
  const workloads = mesh.derive(readWorkloads).all;
  if (mesh.all("Release").length > mesh.derive(readReleases).length) return true;
  if (workloads.some(({ labels, namespace }) => labels === undefined || namespace === undefined)) return true;
  const isOfCluster = ({ object }: Workload) => object.kind === "Pod" && mesh.options.open !== true;
  return !workloads.some((workload) => isGateway(workload) || isOfCluster(workload));
}

function isGateway({ template, labels }: Workload): boolean {
  if (labels?.get("istio") !== undefined) return true;
  const containers = template.at("spec", "containers").items();
  return containers.some((container) => container.at("name").string() === PROXY);
}
