import type { Profile } from "../profile.ts";
import type { Cluster } from "./cluster.ts";
import type { EksClusterArgs } from "./eks/eksCluster.ts";
import { ExistingCluster, type ExistingClusterArgs } from "./existingCluster.ts";
import { checkReference, ReferencedCluster, type ReferencedClusterArgs } from "./referencedCluster.ts";

/** The cluster that a stack runs in: one to be made, one that another stack made, or one that is there. */
export type ClusterArgs =
  ExistingClusterArgs | ReferencedClusterArgs | { readonly eks: Omit<EksClusterArgs, "profile"> };

/**
 * Makes the cluster, or finds it.
 *
 * @throws pulumi.RunError, before anything is registered, with what AWS or the other stack says against the settings
 */
export async function openCluster(name: string, args: ClusterArgs, profile: Profile): Promise<Cluster> {
  if ("eks" in args) {
    // Whoever has a cluster need not wait for the SDKs of AWS at each preview.
    const [{ checkWithAws }, { EksCluster }] = await Promise.all([
      import("./eks/checkWithAws.ts"),
      import("./eks/eksCluster.ts"),
    ]);
    await checkWithAws(args.eks);
    return new EksCluster(name, { ...args.eks, profile });
  }
  if ("stackReference" in args) {
    await checkReference(args);
    return new ReferencedCluster(name, args);
  }
  return new ExistingCluster(name, args);
}
