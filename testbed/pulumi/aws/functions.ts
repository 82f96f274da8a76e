import { offeredAddons } from "../../../components/cluster/eks/addonNames.ts";
import { addonNames } from "../../../components/cluster/eks/choices.ts";
import type { Fields } from "../provider/values/value.ts";
import { ACCOUNT_ID, type Account } from "./account.ts";
import { apiError } from "./errors.ts";
import { ADDON, CLUSTER, NODE_GROUP } from "./types/clusterRules.ts";
import { SUBNET } from "./types/networkRules.ts";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** Names the principal that makes the calls: an ARN, of a role as IAM has it. */
export const CALLER_VARIABLE = "MESH_AWS_CALLER";

/** As STS tells it: whoever has taken a role is a session of it, which leaves the role's path out. */
function caller(): string {
  const chosen = process.env[CALLER_VARIABLE];
  if (!chosen) return `arn:aws:iam::${ACCOUNT_ID}:user/stand-in`;
  const [, partition, account, role] = /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(chosen) ?? [];
  return role === undefined ? chosen : `arn:${partition}:sts::${account}:assumed-role/${role}/stand-in`;
}

/** What a function answers; it looks into the account if it has to. */
type AwsFunction = (args: Fields, region: string, accountOf: () => Account) => Fields;

/** What there is of a type in the account. */
const allOf = (account: Account, type: string): Fields[] =>
  account
    .all()
    .filter((entry) => entry.type === type)
    .map(({ properties }) => properties);

/** The functions that the stand-in answers, by token. */
export const FUNCTIONS: Readonly<Record<string, AwsFunction>> = {
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (_, region) => ({ id: region, name: region, region }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => {
    const arn = caller();
    const [, , , , accountId] = arn.split(":");
    return { id: accountId, accountId, arn, userId: "AIDASTANDIN" };
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_, region) => ({
    id: region,
    names: ["a", "b", "c"].map((letter) => `${region}${letter}`),
    zoneIds: [1, 2, 3].map((number) => `${region}-az${number}`),
  }),
  // What is newest in AWS today nobody knows here: no version is taken for one that is not there yet.
  "aws:eks/getAddonVersion:getAddonVersion": ({ addonName, kubernetesVersion, mostRecent }) => {
    if (![...addonNames, ...offeredAddons].includes(addonName)) {
      const message = `Addon ${addonName} specified is not supported in ${kubernetesVersion} kubernetes version`;
      throw apiError("aws:eks/addon:Addon", "DescribeAddonVersions", "InvalidParameterException", message);
    }
    const version = mostRecent === true ? "v999.0.0-eksbuild.1" : "v1.0.0-eksbuild.1";
    return { id: addonName, addonName, kubernetesVersion, version };
  },
  "aws:eks/getClusters:getClusters": (_, region, accountOf) => ({
    id: region,
    region,
    names: allOf(accountOf(), CLUSTER).map(({ name }) => name),
  }),
  "aws:eks/getCluster:getCluster": ({ name }, region, accountOf) => {
    const cluster = accountOf().find(CLUSTER, name)?.properties;
    if (!cluster) throw notFound("DescribeCluster", `No cluster found for name: ${name}.`);
    const kubernetesNetworkConfigs = [cluster.kubernetesNetworkConfig ?? {}];
    return { ...cluster, kubernetesNetworkConfigs, id: name, region, tags: cluster.tagsAll ?? {} };
  },
  "aws:eks/getNodeGroups:getNodeGroups": ({ clusterName }, region, accountOf) => {
    const account = accountOf();
    if (!account.find(CLUSTER, clusterName)) {
      throw notFound("ListNodegroups", `No cluster found for name: ${clusterName}.`);
    }
    const groups = allOf(account, NODE_GROUP).filter((group) => group.clusterName === clusterName);
    return { id: clusterName, region, clusterName, names: groups.map(({ nodeGroupName }) => nodeGroupName) };
  },
  "aws:eks/getNodeGroup:getNodeGroup": ({ clusterName, nodeGroupName }, region, accountOf) => {
    const id = `${clusterName}:${nodeGroupName}`;
    const group = accountOf().find(NODE_GROUP, id)?.properties;
    if (!group) throw notFound("DescribeNodegroup", `No node group found for name: ${nodeGroupName}.`);
    return { ...group, id, region, tags: group.tagsAll ?? {}, scalingConfigs: [group.scalingConfig] };
  },
  "aws:ec2/getSubnet:getSubnet": ({ id }, region, accountOf) => {
    const subnet = accountOf().find(SUBNET, id)?.properties;
    const message = `The subnet ID '${id}' does not exist`;
    if (!subnet) throw apiError(SUBNET, "DescribeSubnets", "InvalidSubnetID.NotFound", message);
    const size = 2 ** (32 - Number(subnet.cidrBlock.split("/")[1]));
    const availableIpAddressCount = size - 5 - (isUsedByPods(id, accountOf()) ? 1 : 0);
    return { ...subnet, availableIpAddressCount, id, region, tags: subnet.tagsAll ?? {} };
  },
  "aws:ec2/getSubnets:getSubnets": ({ filters = [] }, region, accountOf) => {
    const isMeant = ({ tagsAll = {} }: Fields) =>
      (filters as Fields[]).every(({ name, values }) => values.includes(tagsAll[(name as string).replace("tag:", "")]));
    const found = accountOf()
      .all()
      .filter(({ type, properties }) => type === SUBNET && isMeant(properties));
    return { id: region, region, ids: found.map(({ id }) => id) };
  },
  "aws:ssm/getParameter:getParameter": ({ name }, region) => {
    const value = publicParameter(name);
    if (value === undefined) throw apiError("aws:ssm/parameter:Parameter", "GetParameter", "ParameterNotFound", name);
    return { id: name, name, region, type: "String", value, insecureValue: value, version: 1 };
  },
  "aws:cloudwatch/getLogGroups:getLogGroups": ({ logGroupNamePrefix = "" }, region, accountOf) => ({
    id: region,
    region,
    logGroupNames: allOf(accountOf(), LOG_GROUP)
      .map(({ name }) => name as string)
      .filter((name) => name.startsWith(logGroupNamePrefix as string)),
  }),
};

/** Whether nodes have interfaces there for their pods: those of a cluster whose network plugin is told so. */
function isUsedByPods(subnetId: string, account: Account): boolean {
  return allOf(account, ADDON).some(({ clusterName, configurationValues }) => {
    const { env, eniConfig } = JSON.parse(configurationValues ?? "{}") as Fields;
    const isMeant = Object.values((eniConfig?.subnets ?? {}) as Fields).some(({ id }) => id === subnetId);
    const hasNodes = allOf(account, NODE_GROUP).some((group) => group.clusterName === clusterName);
    return isMeant && hasNodes && env?.AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG === "true";
  });
}

/** Releases of the images of nodes, as AWS publishes them for all; which is the newest nobody knows here. */
function publicParameter(name: string): string | undefined {
  const [, version] =
    /^\/aws\/service\/eks\/optimized-ami\/(1\.\d{2})\/amazon-linux-2023\/(?:arm64|x86_64)\/standard\/recommended\/release_version$/.exec(
      name,
    ) ?? [];
  if (version !== undefined) return `${version}.0-20261101`;
  const isBottlerocket = /^\/aws\/service\/bottlerocket\/aws-k8s-1\.\d{2}\/(arm64|x86_64)\/latest\/image_version$/;
  return isBottlerocket.test(name) ? "1.50.0-abcdef12" : undefined;
}

const notFound = (action: string, message: string): Error =>
  apiError(CLUSTER, action, "ResourceNotFoundException", message);
