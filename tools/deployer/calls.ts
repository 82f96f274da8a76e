// Which calls of AWS the program makes: by the resource types that it may make, and the functions that it asks.
import iam from "./iam.json" with { type: "json" };

interface Calls {
  /** The type of CloudFormation's that does the same, whose handlers AWS lists the calls of. */
  readonly as?: readonly (keyof typeof iam.handlers)[];
  /** What Pulumi's plugin calls beside them. */
  readonly also?: readonly string[];
}

/** By the type token. */
export const TYPE_CALLS: Readonly<Record<string, Calls>> = {
  "aws:cloudwatch/eventRule:EventRule": { as: ["AWS::Events::Rule"] },
  "aws:cloudwatch/eventTarget:EventTarget": {
    also: ["events:PutTargets", "events:RemoveTargets", "events:ListTargetsByRule"],
  },
  "aws:cloudwatch/logGroup:LogGroup": { as: ["AWS::Logs::LogGroup"] },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { as: ["AWS::EC2::SecurityGroup"] },
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": { as: ["AWS::EC2::EgressOnlyInternetGateway"] },
  "aws:ec2/eip:Eip": { as: ["AWS::EC2::EIP"], also: ["ec2:DescribeAddressesAttribute"] },
  "aws:ec2/flowLog:FlowLog": { as: ["AWS::EC2::FlowLog"] },
  "aws:ec2/internetGateway:InternetGateway": { as: ["AWS::EC2::InternetGateway", "AWS::EC2::VPCGatewayAttachment"] },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    as: ["AWS::EC2::LaunchTemplate"],
    also: ["ec2:DescribeLaunchTemplateVersions", "ec2:ModifyLaunchTemplate"],
  },
  "aws:ec2/natGateway:NatGateway": { as: ["AWS::EC2::NatGateway"], also: ["ec2:DescribeNetworkInterfaces"] },
  "aws:ec2/route:Route": { as: ["AWS::EC2::Route"] },
  "aws:ec2/routeTable:RouteTable": { as: ["AWS::EC2::RouteTable"], also: ["ec2:DisassociateRouteTable"] },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { as: ["AWS::EC2::SubnetRouteTableAssociation"] },
  "aws:ec2/securityGroup:SecurityGroup": {
    as: ["AWS::EC2::SecurityGroup"],
    also: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroupRules"],
  },
  "aws:ec2/subnet:Subnet": { as: ["AWS::EC2::Subnet"], also: ["ec2:DescribeNetworkInterfaces"] },
  "aws:ec2/vpc:Vpc": { as: ["AWS::EC2::VPC"], also: ["ec2:DescribeRouteTables"] },
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": { as: ["AWS::EC2::VPCCidrBlock"] },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { as: ["AWS::EC2::VPCEndpoint"], also: ["ec2:DescribePrefixLists"] },
  "aws:eks/accessEntry:AccessEntry": { as: ["AWS::EKS::AccessEntry"] },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": { as: ["AWS::EKS::AccessEntry"] },
  "aws:eks/addon:Addon": { as: ["AWS::EKS::Addon"] },
  "aws:eks/cluster:Cluster": { as: ["AWS::EKS::Cluster"], also: ["eks:AssociateEncryptionConfig"] },
  "aws:eks/nodeGroup:NodeGroup": { as: ["AWS::EKS::Nodegroup"] },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    as: ["AWS::EKS::PodIdentityAssociation"],
    also: ["eks:ListPodIdentityAssociations"],
  },
  "aws:iam/role:Role": { as: ["AWS::IAM::Role"], also: ["iam:ListInstanceProfilesForRole"] },
  "aws:iam/rolePolicy:RolePolicy": { as: ["AWS::IAM::RolePolicy"] },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    also: ["iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:ListAttachedRolePolicies"],
  },
  "aws:kms/alias:Alias": { as: ["AWS::KMS::Alias"] },
  "aws:kms/key:Key": { as: ["AWS::KMS::Key"] },
  "aws:sqs/queue:Queue": { as: ["AWS::SQS::Queue"], also: ["sqs:GetQueueUrl"] },
  "aws:sqs/queuePolicy:QueuePolicy": { also: ["sqs:SetQueueAttributes", "sqs:GetQueueAttributes"] },
};

/** By the token of the function. Regions and partitions are known without a call. */
export const FUNCTION_CALLS: Readonly<Record<string, readonly string[]>> = {
  "aws:index/getPartition:getPartition": [],
  "aws:index/getRegion:getRegion": [],
  "aws:index/getCallerIdentity:getCallerIdentity": ["sts:GetCallerIdentity"],
  "aws:index/getAvailabilityZones:getAvailabilityZones": ["ec2:DescribeAvailabilityZones"],
  "aws:cloudwatch/getLogGroups:getLogGroups": ["logs:DescribeLogGroups"],
  "aws:ec2/getSubnet:getSubnet": ["ec2:DescribeSubnets"],
  "aws:ec2/getSubnets:getSubnets": ["ec2:DescribeSubnets"],
  "aws:eks/getAddonVersion:getAddonVersion": ["eks:DescribeAddonVersions"],
  "aws:eks/getCluster:getCluster": ["eks:DescribeCluster"],
  "aws:eks/getClusters:getClusters": ["eks:ListClusters"],
  "aws:eks/getNodeGroup:getNodeGroup": ["eks:DescribeNodegroup"],
  "aws:eks/getNodeGroups:getNodeGroups": ["eks:ListNodegroups"],
  "aws:iam/getRole:getRole": ["iam:GetRole"],
  "aws:ssm/getParameter:getParameter": ["ssm:GetParameter"],
};

/** What CloudFormation's handlers do for inputs that the program never has, by the beginning of the call. */
const NOT_OURS = [
  // Other services, as they stand in the handlers: lattices, buckets, streams, autoscaling.
  ...["vpc-lattice:", "vpce:", "s3:", "firehose:", "autoscaling:"],
  // VPN, another IPv6 range for a subnet, private NAT, addresses of others, tenancy, encryption within the network.
  ...[
    "ec2:AttachVpn",
    "ec2:DetachVpn",
    "ec2:DescribeVpnGateways",
    "ec2:AssociateSubnetCidr",
    "ec2:DisassociateSubnetCidr",
  ],
  ...[
    "ec2:AssignPrivateNat",
    "ec2:UnassignPrivateNat",
    "ec2:AssociateNatGatewayAddress",
    "ec2:DisassociateNatGatewayAddress",
  ],
  // Ranges are named, not taken from a pool.
  "ec2:AllocateIpamPoolCidr",
  ...["ec2:AcceptAddressTransfer", "ec2:AssociateAddress", "ec2:ModifyVpcTenancy"],
  ...["ec2:CreateVpcEncryption", "ec2:DescribeVpcEncryption", "ec2:DescribeKeyPairs"],
  // Protection and indexes of what logs say, and keys of their own.
  ...["logs:PutData", "logs:GetData", "logs:DeleteData", "logs:PutIndex", "logs:DeleteIndex", "logs:DescribeIndex"],
  ...["logs:PutResource", "logs:DeleteResource", "logs:DescribeResource", "logs:PutBearer", "logs:PutLogGroupDeletion"],
  ...["logs:AssociateKms", "logs:DisassociateKms"],
  // Not in the list of EKS's actions.
  "eks:ActivateCertificateAuthority",
];

/** The calls for a resource type. */
export function callsOfType(type: string): string[] {
  const calls = TYPE_CALLS[type];
  if (!calls) throw new Error(`tools/deployer/calls.ts does not list what ${type} calls`);
  const handled = (calls.as ?? []).flatMap((name) => iam.handlers[name]);
  return [...handled.filter((call) => !NOT_OURS.some((start) => call.startsWith(start))), ...(calls.also ?? [])];
}

/** Every call, once. */
export const allCalls = (): string[] => [
  ...new Set([...Object.keys(TYPE_CALLS).flatMap(callsOfType), ...Object.values(FUNCTION_CALLS).flat()]),
];
