import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ControlPlane } from "./controlPlane";
import { accessPolicyArn } from "./region";
import type { AccessLevel } from "./choices";

/** EKS's policies, which say what Kubernetes's roles of the same names say. */
const POLICIES: Readonly<Record<AccessLevel, string>> = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
};

/** Who may use the cluster. */
export interface Access {
  /** ARN of an IAM role or user; of IAM Identity Center, that of the role `AWSReservedSSO_…` with its whole path. */
  readonly principal: string;

  /** What they may do. */
  readonly level: AccessLevel;

  /**
   * The namespaces in which they may do it.
   * @default - all
   */
  readonly namespaces?: readonly string[];
}

interface ClusterAccessArgs {
  readonly controlPlane: ControlPlane;
  readonly region: string;
  /** By a name of your own, such as `ci` or `on-call`. */
  readonly access: Readonly<Record<string, Access>>;
}

/**
 * Access entries: EKS's own list of who may use the cluster. Each is a resource of its own, so that someone who leaves is
 * one line less in a preview, whatever protects the cluster.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export class ClusterAccess extends pulumi.ComponentResource {
  constructor(name: string, args: ClusterAccessArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:ClusterAccess", name, {}, options);
    const { clusterName } = args.controlPlane;
    for (const [who, { principal, level, namespaces }] of Object.entries(args.access)) {
      const entry = new aws.eks.AccessEntry(
        `${name}-${who}`,
        { clusterName, principalArn: principal, type: "STANDARD" },
        // One principal has one entry: under a new name, the old one goes first.
        { parent: this, dependsOn: [args.controlPlane], deleteBeforeReplace: true },
      );
      new aws.eks.AccessPolicyAssociation(
        `${name}-${who}`,
        {
          clusterName,
          principalArn: entry.principalArn,
          policyArn: accessPolicyArn(args.region, POLICIES[level]),
          accessScope: namespaces ? { type: "namespace", namespaces: [...namespaces] } : { type: "cluster" },
        },
        { parent: this, dependsOn: [entry], deleteBeforeReplace: true },
      );
    }
    this.registerOutputs();
  }
}
