import awsData from "./aws.json" with { type: "json" };
import { END } from "./nodeGroupNames.ts";

const { lengths } = awsData;

/*
 * Add-ons of EKS beside those that every cluster has. What EKS offers grows, and sellers on AWS Marketplace add theirs, so
 * any name is taken, and AWS is asked for it in a preview.
 */

/** Where those run that are not in `kube-system`: a role is for the pods of one namespace alone. */
const NAMESPACES: Readonly<Record<string, string>> = {
  "amazon-cloudwatch-observability": "amazon-cloudwatch",
  "aws-guardduty-agent": "amazon-guardduty",
  "cert-manager": "cert-manager",
  "external-dns": "external-dns",
  "fluent-bit": "fluent-bit",
  "aws-network-flow-monitoring-agent": "amazon-network-flow-monitor",
  adot: "opentelemetry-operator-system",
};

/** Those of AWS and of the community, for "did you mean". */
export const offeredAddons: readonly string[] = [
  ...Object.keys(NAMESPACES),
  ...["aws-efs-csi-driver", "aws-fsx-csi-driver", "aws-mountpoint-s3-csi-driver", "snapshot-controller"],
  ...["aws-secrets-store-csi-driver-provider", "aws-privateca-connector-for-kubernetes"],
  ...["kube-state-metrics", "prometheus-node-exporter"],
];

/** The namespace in which an add-on runs, unless the stack says another. */
export const namespaceOf = (addon: string): string => NAMESPACES[addon] ?? "kube-system";

/** What comes before a service account's name, in the name of the resource that is its role. */
const BEFORE = "cluster-addon-";

/**
 * The most characters that the name of a service account with a role may have: IAM does not take a longer name of a role.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const longestAccountName = lengths.iam.roleNameType - BEFORE.length - END.length;
