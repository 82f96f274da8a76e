import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ControlPlane } from "./controlPlane";
import { PodRole } from "./podIdentity";
import { managedPolicyArn } from "./region";
import type { AddonName } from "./choices";

/** A version of each add-on, e.g. `v1.14.3-eksbuild.3`; they belong to one minor version of Kubernetes. */
export type AddonVersions = Readonly<Record<AddonName, string>>;

interface AddonsArgs {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly region: string;
  readonly controlPlane: ControlPlane;
  readonly versions: AddonVersions;
}

/**
 * What nodes need from their first minute: the agent that hands IAM roles to pods, and such a role for the network
 * plugin. So the nodes themselves have no power over the network, nor has any pod that gets hold of their role.
 */
export class NodePrerequisites extends pulumi.ComponentResource {
  constructor(name: string, args: AddonsArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:NodePrerequisites", name, {}, options);
    const { cluster, region, controlPlane } = args;
    addon(name, "eks-pod-identity-agent", args, { parent: this, dependsOn: [controlPlane] });

    const serviceAccount = "aws-node";
    const role = new PodRole(
      `${name}-vpc-cni`,
      {
        cluster,
        namespace: "kube-system",
        serviceAccount,
        policyArns: [managedPolicyArn(region, "AmazonEKS_CNI_Policy")],
      },
      { parent: this },
    );
    new aws.eks.PodIdentityAssociation(
      `${name}-vpc-cni`,
      { clusterName: controlPlane.clusterName, namespace: "kube-system", serviceAccount, roleArn: role.arn },
      { parent: this, dependsOn: [controlPlane, role] },
    );
    this.registerOutputs();
  }
}

interface NodeAddonsArgs extends AddonsArgs {
  /** Where the pods of the add-ons run. */
  readonly nodes: readonly pulumi.Resource[];
  /** Whether AWS provides names and volumes itself: EKS Auto Mode. */
  readonly autoMode: boolean;
}

/** The add-ons that run in pods: they come after the nodes, or EKS would wait for them in vain. */
export class NodeAddons extends pulumi.ComponentResource {
  constructor(name: string, args: NodeAddonsArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:NodeAddons", name, {}, options);
    const { cluster, region, controlPlane, nodes, autoMode } = args;
    const after = { parent: this, dependsOn: [controlPlane, ...nodes] };

    if (!autoMode) {
      addon(name, "coredns", args, after);
      const role = new PodRole(
        `${name}-ebs-csi`,
        {
          cluster,
          namespace: "kube-system",
          serviceAccount: "ebs-csi-controller-sa",
          policyArns: [managedPolicyArn(region, "service-role/AmazonEBSCSIDriverPolicy")],
        },
        { parent: this },
      );
      addon(
        name,
        "aws-ebs-csi-driver",
        args,
        { ...after, dependsOn: [...after.dependsOn, role] },
        { podIdentityAssociations: [{ roleArn: role.arn, serviceAccount: "ebs-csi-controller-sa" }] },
      );
    }
    // The autoscalers of istiod and the gateways read it.
    addon(name, "metrics-server", args, after);
    this.registerOutputs();
  }
}

function addon(
  name: string,
  addonName: AddonName,
  { controlPlane, versions }: AddonsArgs,
  options: pulumi.CustomResourceOptions,
  more: Partial<aws.eks.AddonArgs> = {},
): void {
  new aws.eks.Addon(
    `${name}-${addonName}`,
    {
      clusterName: controlPlane.clusterName,
      addonName,
      // Without a version EKS takes its default of the day, and every preview may differ.
      addonVersion: versions[addonName],
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      // On the way down pods keep their names and volumes until the nodes go.
      preserve: true,
      ...more,
    },
    options,
  );
}
