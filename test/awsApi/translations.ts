// Where the API's names are not those of the plugin's inputs, as the plugin's source has them.
import type { Fields } from "./translate.ts";

export interface Translation {
  /** Calls that follow the one that makes the resource, for inputs which that one does not take. */
  readonly also?: readonly string[];
  /** The member of those calls that says which resource is meant. */
  readonly id?: string;
  /** Members by input, e.g. `nodeRole`; `UpdateAddon.resolveConflicts` is of that call alone. */
  readonly members?: Readonly<Record<string, string>>;
  /** What the plugin makes of the inputs, where it is more than other names. */
  readonly rewritten?: (inputs: Fields) => Fields;
  /** EC2's word for the type, in the tags that a resource is made with. */
  readonly tagged?: string;
  /** Inputs that AWS never sees, with what the plugin has them for. */
  readonly pluginOnly?: Readonly<Record<string, string>>;
}

/** By type, and by the token of a function; for those whose inputs are called as in the API, there is nothing to say. */
export const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  "aws:cloudwatch/eventRule:EventRule": {},
  "aws:cloudwatch/eventTarget:EventTarget": {
    // The plugin makes the id up, of a time.
    rewritten: ({ arn, ...inputs }) => ({ targets: [{ id: "terraform-20261129130000000000000001", arn }], ...inputs }),
  },
  "aws:cloudwatch/logGroup:LogGroup": { also: ["PutRetentionPolicy"], members: { name: "logGroupName" } },

  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    also: ["CreateTags"],
    id: "Resources",
    rewritten: ({ vpcId, ...inputs }) => ({ filters: [{ name: "vpc-id", values: [vpcId] }], ...inputs }),
  },
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": { tagged: "egress-only-internet-gateway" },
  "aws:ec2/eip:Eip": { tagged: "elastic-ip" },
  "aws:ec2/flowLog:FlowLog": {
    tagged: "vpc-flow-log",
    members: { iamRoleArn: "DeliverLogsPermissionArn" },
    rewritten: ({ vpcId, ...inputs }) => ({ resourceIds: [vpcId], resourceType: "VPC", ...inputs }),
  },
  "aws:ec2/internetGateway:InternetGateway": {
    tagged: "internet-gateway",
    also: ["AttachInternetGateway"],
    id: "InternetGatewayId",
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    tagged: "launch-template",
    members: { name: "LaunchTemplateName", description: "VersionDescription" },
    rewritten: ({ name, description, tags, updateDefaultVersion, ...launchTemplateData }) => ({
      ...{ name, description, tags, updateDefaultVersion },
      launchTemplateData,
    }),
    pluginOnly: { updateDefaultVersion: "after a change it makes the new version the default one" },
  },
  "aws:ec2/natGateway:NatGateway": { tagged: "natgateway" },
  "aws:ec2/route:Route": { members: { egressOnlyGatewayId: "EgressOnlyInternetGatewayId" } },
  "aws:ec2/routeTable:RouteTable": { tagged: "route-table" },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {},
  "aws:ec2/securityGroup:SecurityGroup": {
    tagged: "security-group",
    also: ["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"],
    id: "GroupId",
    members: {
      name: "GroupName",
      ingress: "AuthorizeSecurityGroupIngress.IpPermissions",
      egress: "AuthorizeSecurityGroupEgress.IpPermissions",
    },
    rewritten: ({ ingress, egress, ...inputs }) => ({
      ...inputs,
      ingress: permissions(ingress),
      egress: permissions(egress),
    }),
  },
  "aws:ec2/subnet:Subnet": { tagged: "subnet", also: ["ModifySubnetAttribute"], id: "SubnetId" },
  "aws:ec2/vpc:Vpc": {
    tagged: "vpc",
    also: ["ModifyVpcAttribute"],
    id: "VpcId",
    members: { assignGeneratedIpv6CidrBlock: "AmazonProvidedIpv6CidrBlock" },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { tagged: "vpc-endpoint" },
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": {},

  "aws:eks/accessEntry:AccessEntry": {},
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {},
  "aws:eks/addon:Addon": {
    also: ["UpdateAddon", "DeleteAddon"],
    members: {
      resolveConflictsOnCreate: "CreateAddon.resolveConflicts",
      resolveConflictsOnUpdate: "UpdateAddon.resolveConflicts",
    },
  },
  "aws:eks/cluster:Cluster": {
    members: { vpcConfig: "resourcesVpcConfig" },
    rewritten: ({ enabledClusterLogTypes: types, ...inputs }) => ({
      ...inputs,
      logging: { clusterLogging: [{ types, enabled: true }] },
    }),
  },
  "aws:eks/nodeGroup:NodeGroup": { members: { nodeRoleArn: "nodeRole", subnetIds: "subnets" } },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {},

  "aws:iam/role:Role": { members: { name: "RoleName", assumeRolePolicy: "AssumeRolePolicyDocument" } },
  "aws:iam/rolePolicy:RolePolicy": { members: { role: "RoleName", name: "PolicyName", policy: "PolicyDocument" } },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { members: { role: "RoleName" } },

  "aws:kms/alias:Alias": { members: { name: "AliasName" } },
  "aws:kms/key:Key": {
    also: ["ScheduleKeyDeletion"],
    id: "KeyId",
    members: { deletionWindowInDays: "PendingWindowInDays" },
    pluginOnly: { enableKeyRotation: "with it, EnableKeyRotation is called, which takes nothing but the key" },
  },

  "aws:sqs/queue:Queue": {
    members: { name: "QueueName" },
    rewritten: ({ messageRetentionSeconds: MessageRetentionPeriod, sqsManagedSseEnabled, ...inputs }) => ({
      ...inputs,
      attributes: { MessageRetentionPeriod, SqsManagedSseEnabled: sqsManagedSseEnabled },
    }),
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    rewritten: ({ policy, ...inputs }) => ({ ...inputs, attributes: { Policy: policy } }),
  },

  "aws:cloudwatch/getLogGroups:getLogGroups": {},
  "aws:ec2/getSubnet:getSubnet": { members: { id: "SubnetIds" } },
  "aws:ec2/getSubnets:getSubnets": {},
  "aws:eks/getAddonVersion:getAddonVersion": {
    pluginOnly: { mostRecent: "of what AWS answers, it takes the newest" },
  },
  "aws:eks/getCluster:getCluster": {},
  "aws:eks/getClusters:getClusters": {},
  "aws:eks/getNodeGroup:getNodeGroup": {},
  "aws:eks/getNodeGroups:getNodeGroups": {},
  "aws:index/getAvailabilityZones:getAvailabilityZones": {},
  "aws:index/getCallerIdentity:getCallerIdentity": {},
  "aws:ssm/getParameter:getParameter": {},
};

/** Rules of a security group, as EC2 has them: addresses with what is said of them. */
const permissions = (rules: unknown) =>
  ((rules ?? []) as readonly Fields[]).map(({ description, protocol: ipProtocol, cidrBlocks, ...rule }) => ({
    ...rule,
    ipProtocol,
    ipRanges: ((cidrBlocks ?? []) as readonly string[]).map((cidrIp) => ({ cidrIp, description })),
  }));
