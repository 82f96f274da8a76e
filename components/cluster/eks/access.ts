import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ControlPlane } from "./controlPlane.ts";
import { accessPolicyArn } from "./region.ts";
import type { AccessLevel } from "./choices.ts";

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
      // One principal has one entry. So the principal names it: under a name of the stack's, a new name would ask EKS for
      // a second one before the first is gone.
      const resource = `${name}-${withoutPartition(principal)}`;
      const common = { parent: this, deleteBeforeReplace: true, aliases: [{ name: `${name}-${who}` }] };
      const entry = new aws.eks.AccessEntry(
        resource,
        { clusterName, principalArn: principal, type: "STANDARD" },
        { ...common, dependsOn: [args.controlPlane] },
      );
      new aws.eks.AccessPolicyAssociation(
        resource,
        {
          clusterName,
          principalArn: entry.principalArn,
          policyArn: accessPolicyArn(args.region, POLICIES[level]),
          accessScope: namespaces ? { type: "namespace", namespaces: [...namespaces] } : { type: "cluster" },
        },
        { ...common, dependsOn: [entry] },
      );
    }
    this.registerOutputs();
  }
}

/** `111122223333/role/ci` of `arn:aws:iam::111122223333:role/ci`. */
function withoutPartition(principal: string): string {
  return principal.split(":").slice(4).join("/");
}
