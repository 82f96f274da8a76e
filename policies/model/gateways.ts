import type { Mesh, MeshObject } from "./mesh.ts";
import { chartOf } from "./releases.ts";
import { podTemplateOf, WORKLOAD_KINDS } from "./podTemplates.ts";

/** Releases of the chart, and workloads whose pods are injected as gateways. */
export function readGateways(mesh: Mesh): readonly MeshObject[] {
  const releases = mesh.all("Release").filter((release) => chartOf(release) === "gateway" && !mayBeGateway(release));
  return [...releases, ...mesh.all(...WORKLOAD_KINDS).filter(isInjectedAsGateway)];
}

/** A release whose chart is not known yet. */
export const mayBeGateway = ({ root }: MeshObject): boolean =>
  root.at("chart").isUnknown() || root.at("repositoryOpts", "repo").isUnknown();

/** Namespaces that hold gateways and no other workloads, as far as can be told. */
export function holdsGatewaysAlone(mesh: Mesh): (namespace: string) => boolean {
  const isIn = (namespace: string) => (object: MeshObject) => [namespace, undefined].includes(object.namespace);
  const gateways = [...mesh.derive(readGateways), ...mesh.all("Release").filter(mayBeGateway)];
  const others = mesh.all(...WORKLOAD_KINDS).filter((object) => !isInjectedAsGateway(object));
  return (namespace) => gateways.some(isIn(namespace)) && !others.some(({ namespace: place }) => place === namespace);
}

/** Whether the injector makes a gateway of the pods. */
export function isInjectedAsGateway(object: MeshObject): boolean {
  const template = podTemplateOf(object).at("metadata", "annotations", "inject.istio.io/templates").string();
  return template?.split(",").includes("gateway") === true;
}
