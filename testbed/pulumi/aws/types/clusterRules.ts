// What EKS refuses besides wrong references.
import awsData from "../../../../components/cluster/eks/aws.json" with { type: "json" };
import { wholeText } from "../../../../lib/javaPattern.ts";
import type { CheckFailure } from "../../provider/resource.ts";
import type { Fields } from "../../provider/values/value.ts";
import type { Account } from "../account.ts";
import { apiError } from "../errors.ts";
import { SUBNET } from "./networkRules.ts";
import { idsAt, problem } from "./type.ts";

const { patterns } = awsData;

export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
export const ADDON = "aws:eks/addon:Addon";

/** Add-ons whose pods are Deployments: they are not ready before there are nodes. */
const NEED_NODES = [
  ...["coredns", "metrics-server", "aws-ebs-csi-driver", "aws-efs-csi-driver", "snapshot-controller"],
  ...["amazon-cloudwatch-observability", "cert-manager", "external-dns"],
];

export const refused = (action: string, code: string, message: string): Error =>
  apiError(CLUSTER, action, code, message);

export function clusterProblems({ name, vpcConfig, computeConfig, storageConfig, kubernetesNetworkConfig }: Fields) {
  const problems: CheckFailure[] = [];
  if (typeof name === "string" && !wholeText(patterns.eks.ClusterName).test(name)) {
    problems.push(problem("name", `invalid value for name (${name}): letters, digits, - and _`));
  }
  const { endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs } = vpcConfig ?? {};
  if (endpointPublicAccess === false && endpointPrivateAccess !== true) {
    problems.push(problem("vpcConfig", "private and public endpoint access cannot both be disabled"));
  }
  if (endpointPublicAccess === false && publicAccessCidrs?.length > 0) {
    problems.push(problem("vpcConfig.publicAccessCidrs", "needs endpointPublicAccess"));
  }
  const auto = [
    computeConfig?.enabled ?? false,
    storageConfig?.blockStorage?.enabled ?? false,
    kubernetesNetworkConfig?.elasticLoadBalancing?.enabled ?? false,
  ];
  if (new Set(auto).size > 1) {
    const reason =
      "compute_config.enabled, kubernetes_networking_config.elastic_load_balancing.enabled, and storage_config.block_storage.enabled must all be set to either true or false";
    problems.push(problem("computeConfig", reason));
  }
  return problems;
}

export function nodeGroupProblems({
  scalingConfig,
  instanceTypes,
  amiType,
  diskSize,
  launchTemplate,
  ...image
}: Fields) {
  const problems: CheckFailure[] = [];
  const { minSize, maxSize, desiredSize } = scalingConfig ?? {};
  if (minSize > maxSize) problems.push(problem("scalingConfig.minSize", `${minSize} is more than maxSize ${maxSize}`));
  if (desiredSize > maxSize || desiredSize < minSize) {
    problems.push(problem("scalingConfig.desiredSize", `${desiredSize} is not between ${minSize} and ${maxSize}`));
  }
  if (diskSize !== undefined && launchTemplate !== undefined) {
    problems.push(problem("diskSize", "Disk size must be specified within the launch template"));
  }
  const { version, releaseVersion } = image;
  const isAmazonLinux = (amiType ?? "").startsWith("AL2023_");
  if (isAmazonLinux && version !== undefined && releaseVersion?.startsWith(`${version}.`) === false) {
    const reason = `Requested release version ${releaseVersion} is not valid for kubernetes version ${version}`;
    problems.push(problem("releaseVersion", reason));
  }
  const isArm = /ARM_64|arm64/i.test(amiType ?? "x86_64");
  const wrong = (instanceTypes ?? []).find((type: string) => /^[a-z]+\d+g/.test(type) !== isArm);
  if (wrong !== undefined) {
    problems.push(problem("instanceTypes", `[${wrong}] is not a valid instance type for requested amiType ${amiType}`));
  }
  return problems;
}

export function mustSpanTwoZones({ vpcConfig }: Fields, account: Account): void {
  const subnets = idsAt(vpcConfig, "subnetIds").map((id) => account.find(SUBNET, id));
  if (new Set(subnets.map((subnet) => subnet?.properties.availabilityZone)).size > 1) return;
  throw refused(
    "CreateCluster",
    "InvalidParameterException",
    "Subnets specified must be in at least two different AZs",
  );
}

const isOfIpv6 = (config: Fields | undefined): boolean => config?.ipFamily === "ipv6";

/** Where Services have their addresses, as EKS chooses. */
export const servicesOf = (config: Fields | undefined): Fields =>
  isOfIpv6(config)
    ? { serviceIpv6Cidr: "fd30:1c53:5f8a::/108" }
    : { serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4" };

export function mustHaveIpv6({ vpcConfig, kubernetesNetworkConfig }: Fields, account: Account): void {
  const refuse = (message: string) => refused("CreateCluster", "InvalidParameterException", message);
  if (!isOfIpv6(kubernetesNetworkConfig)) {
    const isIpv6 = (vpcConfig.publicAccessCidrs ?? []).some((range: string) => range.includes(":"));
    if (isIpv6) throw refuse("The following CIDRs are invalid in publicAccessCidrs: IPv6 is for IPv6 clusters");
    return;
  }
  if (kubernetesNetworkConfig.serviceIpv4Cidr) throw refuse("serviceIpv4Cidr cannot be specified with ipFamily ipv6");
  for (const id of idsAt(vpcConfig, "subnetIds")) {
    if (account.find(SUBNET, id)?.properties.ipv6CidrBlock) continue;
    throw refuse(`Subnet ${id} does not have an IPv6 CIDR block, which the ipv6 family needs`);
  }
}

/** Managed groups of a cluster with IPv6 are in subnets that give such addresses by themselves. */
export function mustGiveAddresses({ clusterName, subnetIds }: Fields, account: Account): void {
  if (!isOfIpv6(account.find(CLUSTER, clusterName)?.properties.kubernetesNetworkConfig)) return;
  for (const id of subnetIds as string[]) {
    if (account.find(SUBNET, id)?.properties.assignIpv6AddressOnCreation === true) continue;
    const message = `Ec2SubnetInvalidConfiguration: the subnet ${id} does not automatically assign IPv6 addresses to instances launched into it`;
    throw refused("CreateNodegroup", "InvalidParameterException", message);
  }
}

export function mustClimbOneMinor({ version: before }: Fields, { version: after }: Fields): void {
  const minor = (version: string) => Number(version.split(".")[1]);
  if (after === undefined || before === after || minor(after) === minor(before) + 1) return;
  const message = `Unsupported Kubernetes minor version update from ${before} to ${after}`;
  throw refused("UpdateClusterVersion", "InvalidParameterException", message);
}

const has = (account: Account, type: string, clusterName: string, addonName?: string): boolean =>
  account
    .all()
    .some(
      (entry) =>
        entry.type === type &&
        entry.properties.clusterName === clusterName &&
        (addonName === undefined || entry.properties.addonName === addonName),
    );

/** Without a pod network its nodes never become ready. */
export function mustHavePodNetwork({ clusterName, nodeGroupName }: Fields, account: Account): void {
  const cluster = account.find(CLUSTER, clusterName)?.properties;
  if (cluster?.bootstrapSelfManagedAddons !== false || has(account, ADDON, clusterName, "vpc-cni")) return;
  throw new Error(
    `waiting for EKS Node Group (${clusterName}:${nodeGroupName}) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: NodeCreationFailure: Unhealthy nodes in the kubernetes cluster`,
  );
}

/** Without nodes its pods have no place. */
export function mustHaveNodes({ clusterName, addonName }: Fields, account: Account): void {
  const isAuto = account.find(CLUSTER, clusterName)?.properties.computeConfig?.enabled === true;
  if (!NEED_NODES.includes(addonName) || isAuto || has(account, NODE_GROUP, clusterName)) return;
  throw new Error(
    `waiting for EKS Add-On (${clusterName}:${addonName}) create: timeout while waiting for state to become 'ACTIVE' (last state: 'DEGRADED'): InsufficientNumberOfReplicas: The add-on is unhealthy because it doesn't have the desired number of replicas.`,
  );
}
