import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { IpFamily } from "../../ipFamily.ts";
import type { ControlPlane } from "./controlPlane.ts";

import { namespaceOf } from "./addonNames.ts";
import { podIdentity, PodRole } from "./podIdentity.ts";
import { managedPolicyArn } from "./region.ts";
import { configurationOf, isBuiltIn, versionOf, type Addon, type AddonSettings } from "./addonSettings.ts";
import { ipv6Policy } from "./ipv6.ts";

interface AddonsArgs {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly region: string;
  readonly controlPlane: ControlPlane;
  readonly addons: AddonSettings;
}

interface NodePrerequisitesArgs extends AddonsArgs {
  /** What pods have addresses of. */
  readonly ipFamily: IpFamily;
}

/**
 * What nodes need from their first minute: the agent that hands IAM roles to pods, and such a role for the network
 * plugin. So the nodes themselves have no power over the network, nor has any pod that gets hold of their role.
 */
export class NodePrerequisites extends pulumi.ComponentResource {
  constructor(name: string, args: NodePrerequisitesArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:NodePrerequisites", name, {}, options);
    const { cluster, region, controlPlane, ipFamily } = args;
    addon(name, "eks-pod-identity-agent", args, { parent: this, dependsOn: [controlPlane] });

    const account = { cluster, controlPlane, namespace: "kube-system", serviceAccount: "aws-node" };
    // AWS maintains none for IPv6.
    const rights =
      ipFamily === "ipv6"
        ? { policy: ipv6Policy(region) }
        : { policyArns: [managedPolicyArn(region, "AmazonEKS_CNI_Policy")] };
    podIdentity(`${name}-vpc-cni`, { ...account, ...rights }, this);
    this.registerOutputs();
  }
}

interface NodeAddonsArgs extends AddonsArgs {
  /** Where the pods of the add-ons run. */
  readonly nodes: readonly pulumi.Resource[];
  /** Whether AWS provides names and volumes itself: EKS Auto Mode. */
  readonly autoMode: boolean;
}

/** The add-ons that run in pods, and the stack's own: they come after the nodes, or EKS would wait for them in vain. */
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
      // Without it `nodeRepairConfig` only sees that a kubelet is silent.
      addon(name, "eks-node-monitoring-agent", args, after);
    }
    // The autoscalers of istiod and the gateways read it.
    addon(name, "metrics-server", args, after);

    for (const [addonName, setting] of Object.entries(args.addons)) {
      if (!isBuiltIn(addonName)) this.#own(name, addonName, typeof setting === "string" ? {} : setting, args);
    }
    this.registerOutputs();
  }

  #own(
    name: string,
    addonName: string,
    { namespace = namespaceOf(addonName), podIdentity = {} }: Addon,
    args: NodeAddonsArgs,
  ) {
    const { cluster, controlPlane, nodes } = args;
    const roles: PodRole[] = [];
    const podIdentityAssociations = Object.entries(podIdentity).map(([serviceAccount, identity]) => {
      if ("role" in identity) return { roleArn: identity.role, serviceAccount };
      const role = new PodRole(
        `${name}-${serviceAccount}`,
        { cluster, namespace, serviceAccount, policyArns: identity.policies },
        { parent: this },
      );
      roles.push(role);
      return { roleArn: role.arn, serviceAccount };
    });
    addon(
      name,
      addonName,
      args,
      { parent: this, dependsOn: [controlPlane, ...nodes, ...roles] },
      // One that is left out of the stack file goes; nothing that every cluster needs depends on it.
      { preserve: false, ...(podIdentityAssociations.length > 0 && { podIdentityAssociations }) },
    );
  }
}

function addon(
  name: string,
  addonName: string,
  { controlPlane, addons }: AddonsArgs,
  options: pulumi.CustomResourceOptions,
  more: Partial<aws.eks.AddonArgs> = {},
): void {
  const configuration = configurationOf(addons[addonName]);
  new aws.eks.Addon(
    `${name}-${addonName}`,
    {
      clusterName: controlPlane.clusterName,
      addonName,
      // Without a version EKS takes its default of the day, and every preview may differ.
      addonVersion: versionOf(addonName, addons[addonName]),
      ...(configuration && { configurationValues: JSON.stringify(configuration) }),
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      // On the way down pods keep their names and volumes until the nodes go.
      preserve: true,
      ...more,
    },
    options,
  );
}
