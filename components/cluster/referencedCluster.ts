import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./cluster";

export interface ReferencedClusterArgs {
  /** Name of the stack that made the cluster, e.g. `acme/mesh/prod-cluster`, or `organization/mesh/prod-cluster` in a backend without organizations. */
  readonly stackReference: string;
}

/**
 * The cluster of another stack, by that stack's output `kubeconfig`: the cluster lives on while the mesh comes and goes,
 * and a preview of the mesh knows its cluster from the start.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/stacks/#stackreferences
 */
export class ReferencedCluster extends pulumi.ComponentResource implements Cluster {
  readonly provider: k8s.Provider;
  readonly ready: readonly pulumi.Resource[] = [];
  readonly kubeconfig: pulumi.Output<string>;

  constructor(name: string, { stackReference }: ReferencedClusterArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:ReferencedCluster", name, {}, options);
    const stack = new pulumi.StackReference(name, { name: stackReference }, { parent: this });
    this.kubeconfig = pulumi.secret(stack.requireOutput("kubeconfig").apply(text));
    this.provider = new k8s.Provider(
      name,
      { kubeconfig: this.kubeconfig, clusterIdentifier: stackReference },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

function text(kubeconfig: unknown): string {
  if (typeof kubeconfig === "string") return kubeconfig;
  throw new pulumi.RunError(
    "the output kubeconfig of the stack in mesh:cluster.stackReference is no text; run `pulumi up` of this project on that stack, which makes it",
  );
}
