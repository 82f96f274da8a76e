import type { Profile } from "../profile";
import type { Cluster } from "./cluster";
import { EksCluster, type EksClusterArgs } from "./eks/eksCluster";
import { ExistingCluster, type ExistingClusterArgs } from "./existingCluster";
import { ReferencedCluster, type ReferencedClusterArgs } from "./referencedCluster";

/** The cluster that a stack runs in: one to be made, one that another stack made, or one that is there. */
export type ClusterArgs =
  ExistingClusterArgs | ReferencedClusterArgs | { readonly eks: Omit<EksClusterArgs, "profile"> };

/** Makes the cluster, or finds it. */
export function openCluster(name: string, args: ClusterArgs, profile: Profile): Cluster {
  if ("eks" in args) return new EksCluster(name, { ...args.eks, profile });
  if ("stackReference" in args) return new ReferencedCluster(name, args);
  return new ExistingCluster(name, args);
}
