import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./cluster.ts";
import { readKubeconfig } from "./readKubeconfig.ts";
import { inPlace } from "./inPlace.ts";

export interface ExistingClusterArgs {
  /**
   * Path of the kubeconfig; `~` is the home folder.
   * @default - the files that $KUBECONFIG names, else `~/.kube/config`
   */
  readonly kubeconfig?: string;

  /**
   * Name of the context in the kubeconfig.
   * @default - the current context of the kubeconfig
   */
  readonly context?: string;
}

/**
 * A cluster that is there already: kind, k3d, minikube or any other.
 *
 * @throws pulumi.RunError that names the file and, where one is missing, the contexts in it
 */
export class ExistingCluster extends pulumi.ComponentResource implements Cluster {
  readonly provider: k8s.Provider;
  readonly ready: readonly pulumi.Resource[] = [];

  constructor(name: string, args: ExistingClusterArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:ExistingCluster", name, {}, options);
    this.provider = new k8s.Provider(name, { kubeconfig: pulumi.secret(read(args)), ...inPlace }, { parent: this });
    this.registerOutputs({});
  }
}

function read({ kubeconfig, context }: ExistingClusterArgs): string {
  try {
    return JSON.stringify(readKubeconfig(kubeconfig, context));
  } catch (error) {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}
