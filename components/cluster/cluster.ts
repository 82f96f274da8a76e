import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** A cluster, as what is to run in it sees it. */
export interface Cluster {
  /** For all that is to run in the cluster. */
  readonly provider: k8s.Provider;

  /**
   * What has to be there before anything asks for a load balancer or a volume, and must stay until those are gone.
   * Whatever may have one depends on it.
   */
  readonly ready: readonly pulumi.Resource[];

  /** How to get there, where a stack of this project made the cluster. A secret. */
  readonly kubeconfig?: pulumi.Output<string>;
}
