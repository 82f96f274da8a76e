import { lengths, patterns } from "../../../../components/cluster/eks/aws.json";
import { longestNodeGroupName } from "../../../../components/cluster/eks/nodeGroupNames";
import { wholeText } from "../../../../lib/javaPattern";
import type { CheckFailure } from "../../provider/resource";
import type { Fields } from "../../provider/values/value";
import type { Account } from "../account";
import { endpointOf } from "../endpoint";
import { apiError } from "../errors";
import { ROLE } from "./identity";
import { arnOf } from "./network";
import { idsAt, problem, type AwsType, type Reference } from "./type";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const ADDON = "aws:eks/addon:Addon";

/** Add-ons whose pods are Deployments: they are not ready before there are nodes. */
const NEED_NODES = [
  ...["coredns", "metrics-server", "aws-ebs-csi-driver", "aws-efs-csi-driver", "snapshot-controller"],
  ...["amazon-cloudwatch-observability", "cert-manager", "external-dns"],
];

const ofCluster = (holds?: string): Reference => ({
  path: "clusterName",
  type: CLUSTER,
  by: "name",
  missing: "ResourceNotFoundException",
  ...(holds && { holds }),
});
const ofRole = (path: string): Reference => ({
  path,
  type: ROLE,
  by: "arn",
  missing: "InvalidParameterException",
});
const inSubnets = (path: string): Reference => ({
  path,
  type: "aws:ec2/subnet:Subnet",
  missing: "InvalidParameterException",
  holds: "DependencyViolation",
});

/** EKS: the control plane and what belongs to it. */
export const clusterTypes: Readonly<Record<string, AwsType>> = {
  [CLUSTER]: {
    title: "EKS Cluster",
    makes: "CreateCluster",
    id: ({ name }) => name,
    required: ["roleArn", "vpcConfig"],
    problems: clusterProblems,
    fixed: [
      ...["name", "roleArn", "kubernetesNetworkConfig.serviceIpv4Cidr", "kubernetesNetworkConfig.ipFamily"],
      ...["bootstrapSelfManagedAddons", "accessConfig.bootstrapClusterCreatorAdminPermissions", "outpostConfig"],
    ],
    autoname: { property: "name" },
    lengths: { name: lengths.eks.ClusterName },
    references: [
      ofRole("roleArn"),
      inSubnets("vpcConfig.subnetIds"),
      {
        path: "vpcConfig.securityGroupIds",
        type: "aws:ec2/securityGroup:SecurityGroup",
        missing: "InvalidParameterException",
        holds: "DependencyViolation",
      },
      {
        path: "encryptionConfig.provider.keyArn",
        type: "aws:kms/key:Key",
        by: "arn",
        missing: "InvalidParameterException",
      },
    ],
    defaults: { deletionProtection: false, bootstrapSelfManagedAddons: true },
    outputs: ({ name, version = "1.35", vpcConfig, kubernetesNetworkConfig }, _, birth) => ({
      arn: arnOf("eks", birth, `cluster/${name}`),
      ...endpointOf(birth),
      identities: [{ oidcs: [{ issuer: `https://oidc.eks.${birth.region}.amazonaws.com/id/${birth.random}` }] }],
      status: "ACTIVE",
      version,
      platformVersion: "eks.1",
      vpcConfig: { ...vpcConfig, clusterSecurityGroupId: `sg-${birth.random}` },
      kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4", ...kubernetesNetworkConfig },
    }),
    updated: (olds, { vpcConfig, version = olds.version }) => ({
      version,
      vpcConfig: { ...vpcConfig, clusterSecurityGroupId: olds.vpcConfig.clusterSecurityGroupId },
      kubernetesNetworkConfig: olds.kubernetesNetworkConfig,
      // EKS takes a key once: the real plugin sends it no other, and says nothing.
      ...(olds.encryptionConfig && { encryptionConfig: olds.encryptionConfig }),
    }),
    beforeCreate: mustSpanTwoZones,
    beforeUpdate: mustClimbOneMinor,
    beforeDelete: ({ name, deletionProtection }) => {
      if (deletionProtection !== true) return;
      const message = `Cluster ${name} has deletion protection enabled. Turn it off to delete the cluster.`;
      throw refused("DeleteCluster", "InvalidRequestException", message);
    },
  },
  [NODE_GROUP]: {
    title: "EKS Node Group",
    makes: "CreateNodegroup",
    id: ({ clusterName, nodeGroupName }) => `${clusterName}:${nodeGroupName}`,
    required: ["clusterName", "nodeRoleArn", "scalingConfig", "subnetIds"],
    conflicts: [
      ["nodeGroupName", "nodeGroupNamePrefix"],
      ["launchTemplate", "remoteAccess"],
    ],
    problems: nodeGroupProblems,
    fixed: [
      ...["clusterName", "nodeGroupName", "nodeRoleArn", "subnetIds", "instanceTypes", "amiType", "capacityType"],
      ...["diskSize", "remoteAccess", "launchTemplate.id", "launchTemplate.name"],
    ],
    autoname: { property: "nodeGroupName" },
    lengths: { nodeGroupName: longestNodeGroupName },
    references: [
      ofCluster("ResourceInUseException"),
      ofRole("nodeRoleArn"),
      inSubnets("subnetIds"),
      {
        path: "launchTemplate.id",
        type: "aws:ec2/launchTemplate:LaunchTemplate",
        missing: "InvalidParameterException",
      },
    ],
    defaults: { capacityType: "ON_DEMAND" },
    outputs: ({ clusterName, nodeGroupName }, _, birth) => ({
      arn: arnOf("eks", birth, `nodegroup/${clusterName}/${nodeGroupName}/${birth.random}`),
      resources: [{ autoscalingGroups: [{ name: `eks-${nodeGroupName}-${birth.random}` }] }],
      status: "ACTIVE",
    }),
    beforeCreate: mustHavePodNetwork,
  },
  [ADDON]: {
    title: "EKS Add-On",
    makes: "CreateAddon",
    id: ({ clusterName, addonName }) => `${clusterName}:${addonName}`,
    required: ["clusterName", "addonName"],
    problems: ({ addonVersion }) =>
      typeof addonVersion !== "string" || /^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(addonVersion)
        ? []
        : [problem("addonVersion", `invalid value for addon_version (${addonVersion}): as v1.2.3-eksbuild.1`)],
    fixed: ["clusterName", "addonName"],
    references: [ofCluster(), ofRole("serviceAccountRoleArn")],
    outputs: ({ clusterName, addonName, addonVersion }, _, birth) => ({
      arn: arnOf("eks", birth, `addon/${clusterName}/${addonName}/${birth.random}`),
      addonVersion: addonVersion ?? "v1.0.0-eksbuild.1",
    }),
    beforeCreate: mustHaveNodes,
  },
  "aws:eks/accessEntry:AccessEntry": {
    title: "EKS Access Entry",
    makes: "CreateAccessEntry",
    id: ({ clusterName, principalArn }) => `${clusterName}:${principalArn}`,
    required: ["clusterName", "principalArn"],
    values: { type: ["STANDARD", "EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX"] },
    fixed: ["clusterName", "principalArn", "type"],
    references: [ofCluster()],
    defaults: { type: "STANDARD" },
    outputs: ({ clusterName, principalArn }, _, birth) => ({
      accessEntryArn: arnOf("eks", birth, `access-entry/${clusterName}/${birth.random}`),
      userName: principalArn,
    }),
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    title: "EKS Access Policy Association",
    makes: "AssociateAccessPolicy",
    id: ({ clusterName, principalArn, policyArn }) => `${clusterName}#${principalArn}#${policyArn}`,
    required: ["clusterName", "principalArn", "policyArn", "accessScope"],
    problems: ({ policyArn }) =>
      typeof policyArn !== "string" || policyArn.startsWith("arn:aws:eks::aws:cluster-access-policy/")
        ? []
        : [problem("policyArn", `${policyArn} is no policy for the access to a cluster`)],
    references: [
      ofCluster(),
      {
        path: "principalArn",
        type: "aws:eks/accessEntry:AccessEntry",
        by: "principalArn",
        missing: "ResourceNotFoundException",
      },
    ],
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    title: "EKS Pod Identity Association",
    makes: "CreatePodIdentityAssociation",
    id: (_, { random }) => `a-${random}`,
    required: ["clusterName", "namespace", "serviceAccount", "roleArn"],
    fixed: ["clusterName", "namespace", "serviceAccount"],
    references: [ofCluster(), ofRole("roleArn")],
    outputs: ({ clusterName }, id, birth) => ({
      associationArn: arnOf("eks", birth, `podidentityassociation/${clusterName}/${id}`),
      associationId: id,
    }),
  },
};

const refused = (action: string, code: string, message: string): Error => apiError(CLUSTER, action, code, message);

function clusterProblems({ name, vpcConfig, computeConfig, storageConfig, kubernetesNetworkConfig }: Fields) {
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

function nodeGroupProblems({ scalingConfig, instanceTypes, amiType, diskSize, launchTemplate, ...image }: Fields) {
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

function mustSpanTwoZones({ vpcConfig }: Fields, account: Account): void {
  const subnets = idsAt(vpcConfig, "subnetIds").map((id) => account.find("aws:ec2/subnet:Subnet", id));
  if (new Set(subnets.map((subnet) => subnet?.properties.availabilityZone)).size > 1) return;
  throw refused(
    "CreateCluster",
    "InvalidParameterException",
    "Subnets specified must be in at least two different AZs",
  );
}

function mustClimbOneMinor({ version: before }: Fields, { version: after }: Fields): void {
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
function mustHavePodNetwork({ clusterName, nodeGroupName }: Fields, account: Account): void {
  const cluster = account.find(CLUSTER, clusterName)?.properties;
  if (cluster?.bootstrapSelfManagedAddons !== false || has(account, ADDON, clusterName, "vpc-cni")) return;
  throw new Error(
    `waiting for EKS Node Group (${clusterName}:${nodeGroupName}) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: NodeCreationFailure: Unhealthy nodes in the kubernetes cluster`,
  );
}

/** Without nodes its pods have no place. */
function mustHaveNodes({ clusterName, addonName }: Fields, account: Account): void {
  const isAuto = account.find(CLUSTER, clusterName)?.properties.computeConfig?.enabled === true;
  if (!NEED_NODES.includes(addonName) || isAuto || has(account, NODE_GROUP, clusterName)) return;
  throw new Error(
    `waiting for EKS Add-On (${clusterName}:${addonName}) create: timeout while waiting for state to become 'ACTIVE' (last state: 'DEGRADED'): InsufficientNumberOfReplicas: The add-on is unhealthy because it doesn't have the desired number of replicas.`,
  );
}
