import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";

/** A cluster as AWS takes it, and as the component of `@pulumi/eks`, whose part the first one is then. */
export const CLUSTER_KINDS = ["aws:eks/cluster:Cluster", "eks:index:Cluster"] as const;

const PART_OF_COMPONENT = "eks:index:Cluster$aws:eks/cluster:Cluster";

/** Where a cluster says something: the component has other places for the same things. */
export interface ClusterView {
  readonly publicAccess: Field;
  readonly publicCidrs: Field;
  readonly logTypes: Field;
  readonly authenticationMode: Field;
  readonly version: Field;
  readonly deletionProtection: Field;
}

export function viewOf({ kind, root }: MeshObject): ClusterView {
  const isComponent = kind === "eks:index:Cluster";
  const network = isComponent ? root : root.at("vpcConfig");
  return {
    publicAccess: network.at("endpointPublicAccess"),
    publicCidrs: network.at("publicAccessCidrs"),
    logTypes: root.at("enabledClusterLogTypes"),
    authenticationMode: (isComponent ? root : root.at("accessConfig")).at("authenticationMode"),
    version: root.at("version"),
    deletionProtection: root.at("deletionProtection"),
  };
}

/** Each cluster once: the components only where their parts are not there. */
export function clustersOf(mesh: Mesh): readonly MeshObject[] {
  const clusters = mesh.all("aws:eks/cluster:Cluster");
  const hasParts = clusters.some(({ urn }) => urn.includes(PART_OF_COMPONENT));
  return hasParts ? clusters : [...clusters, ...mesh.all("eks:index:Cluster")];
}
