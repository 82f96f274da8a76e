import awsData from "../../../../components/cluster/eks/aws.json" with { type: "json" };
import { longestNodeGroupName } from "../../../../components/cluster/eks/nodeGroupNames.ts";
import { endpointOf } from "../endpoint.ts";
import {
  ADDON,
  CLUSTER,
  clusterProblems,
  mustClimbOneMinor,
  mustGiveAddresses,
  mustHaveIpv6,
  mustHaveNodes,
  mustHavePodNetwork,
  mustSpanTwoZones,
  NODE_GROUP,
  nodeGroupProblems,
  refused,
  servicesOf,
} from "./clusterRules.ts";
import { ROLE } from "./identity.ts";
import { arnOf } from "./networkParts.ts";
import { SUBNET } from "./networkRules.ts";
import { problem, type AwsType, type Reference } from "./type.ts";
import { eks } from "../../../../versions.ts";

const { lengths } = awsData;

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
  type: SUBNET,
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
    outputs: ({ name, version = eks.kubernetes, vpcConfig, kubernetesNetworkConfig }, _, birth) => ({
      arn: arnOf("eks", birth, `cluster/${name}`),
      ...endpointOf(birth),
      identities: [{ oidcs: [{ issuer: `https://oidc.eks.${birth.region}.amazonaws.com/id/${birth.random}` }] }],
      status: "ACTIVE",
      version,
      platformVersion: "eks.1",
      vpcConfig: { ...vpcConfig, clusterSecurityGroupId: `sg-${birth.random}` },
      kubernetesNetworkConfig: { ...servicesOf(kubernetesNetworkConfig), ...kubernetesNetworkConfig },
    }),
    updated: (olds, { vpcConfig, version = olds.version }) => ({
      version,
      vpcConfig: { ...vpcConfig, clusterSecurityGroupId: olds.vpcConfig.clusterSecurityGroupId },
      kubernetesNetworkConfig: olds.kubernetesNetworkConfig,
      // EKS takes a key once: the real plugin sends it no other, and says nothing.
      ...(olds.encryptionConfig && { encryptionConfig: olds.encryptionConfig }),
    }),
    beforeCreate: (inputs, account) => {
      mustSpanTwoZones(inputs, account);
      mustHaveIpv6(inputs, account);
    },
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
    beforeCreate: (inputs, account) => {
      mustHavePodNetwork(inputs, account);
      mustGiveAddresses(inputs, account);
    },
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
