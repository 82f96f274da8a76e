import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { wrongSettings } from "../../lib/schema/problems.ts";
import type { Cluster } from "./cluster.ts";
import { inPlace } from "./inPlace.ts";

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
      { kubeconfig: this.kubeconfig, clusterIdentifier: stackReference, ...inPlace },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/**
 * Asks for the stack's outputs before anything is registered: what the engine says of one that is not there names no setting.
 *
 * @throws pulumi.RunError with the setting and the way out
 */
export async function checkReference({ stackReference }: ReferencedClusterArgs): Promise<void> {
  const wayOut = `\`pulumi stack ls --all\` lists those that are there, and \`pulumi up\` of a stack of this project with mesh:cluster.eks makes one; the first part of its name is organization in a backend without organizations`;
  const refused = (reason: string) =>
    new pulumi.RunError(
      wrongSettings(`Pulumi.${pulumi.getStack()}.yaml`, [{ path: "mesh:cluster.stackReference", reason }]),
    );
  const found = (await pulumi.runtime
    .invoke("pulumi:pulumi:readStackOutputs", { name: stackReference }, { async: true })
    .catch((error: unknown) => {
      const words = error instanceof Error ? error.message : String(error);
      throw refused(`names a stack that cannot be read (${words}): ${wayOut}`);
    })) as { readonly outputs?: object };
  if (Object.hasOwn(found.outputs ?? {}, "kubeconfig")) return;
  throw refused(`names a stack that made no cluster: it has no output kubeconfig; ${wayOut}`);
}

function text(kubeconfig: unknown): string {
  if (typeof kubeconfig === "string") return kubeconfig;
  throw new pulumi.RunError(
    "the output kubeconfig of the stack in mesh:cluster.stackReference is no text; run `pulumi up` of this project on that stack, which makes it",
  );
}
