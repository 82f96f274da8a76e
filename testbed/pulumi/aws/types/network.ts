import awsData from "../../../../components/cluster/eks/aws.json" with { type: "json" };
import {
  EGRESS_ONLY_GATEWAY,
  INTERNET_GATEWAY,
  ipv6Problems,
  mustBeOfIpv6,
  mustFitBesideVpc,
  mustFitEndpointType,
  mustFitIntoVpc,
  mustHaveInternetGateway,
  mustHaveNoSubnet,
  mustServeNoAddress,
  NAT_GATEWAY,
  refused,
  sizeProblems,
  SUBNET,
  VPC,
  VPC_ENDPOINT,
  VPC_RANGE,
} from "./networkRules.ts";
import {
  arnOf,
  ec2,
  generatedRange,
  inSubnet,
  inVpc,
  LONGEST_IN_GROUP,
  named,
  ofRouteTable,
  ROUTE_TABLE,
  SECURITY_GROUP,
  withSecurityGroups,
} from "./networkParts.ts";
import { problem, type AwsType } from "./type.ts";

const { lengths } = awsData;

/** Network, routing and its records. */
export const networkTypes: Readonly<Record<string, AwsType>> = {
  [VPC]: {
    title: "EC2 VPC",
    makes: "CreateVpc",
    id: named("vpc"),
    oneOf: [["cidrBlock", "ipv4IpamPoolId"]],
    problems: ({ cidrBlock }) => sizeProblems("cidrBlock", cidrBlock),
    conflicts: [["assignGeneratedIpv6CidrBlock", "ipv6IpamPoolId"]],
    fixed: ["cidrBlock", "ipv4IpamPoolId"],
    defaults: { instanceTenancy: "default", enableDnsSupport: true, enableDnsHostnames: false },
    outputs: (inputs, id, birth) => ({
      ...ec2("vpc")(inputs, id, birth),
      ipv6CidrBlock: inputs.assignGeneratedIpv6CidrBlock ? generatedRange(birth) : "",
      defaultSecurityGroupId: `sg-${birth.random}`,
      defaultRouteTableId: `rtb-${birth.random}`,
      mainRouteTableId: `rtb-${birth.random}`,
      defaultNetworkAclId: `acl-${birth.random}`,
    }),
  },
  [VPC_RANGE]: {
    title: "EC2 VPC IPv4 CIDR Block Association",
    makes: "AssociateVpcCidrBlock",
    id: named("vpc-cidr-assoc"),
    required: ["vpcId"],
    oneOf: [["cidrBlock", "ipv4IpamPoolId"]],
    problems: ({ cidrBlock }) => sizeProblems("cidrBlock", cidrBlock),
    references: [{ path: "vpcId", type: VPC, missing: "InvalidVpcID.NotFound" }],
    beforeCreate: mustFitBesideVpc,
    beforeDelete: mustHaveNoSubnet,
  },
  [SUBNET]: {
    title: "EC2 Subnet",
    makes: "CreateSubnet",
    id: named("subnet"),
    required: ["vpcId"],
    conflicts: [["availabilityZone", "availabilityZoneId"]],
    problems: (inputs) => [...sizeProblems("cidrBlock", inputs.cidrBlock), ...ipv6Problems(inputs)],
    fixed: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId"],
    references: [inVpc],
    defaults: { mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false, ipv6CidrBlock: "" },
    outputs: ec2("subnet"),
    beforeCreate: mustFitIntoVpc,
  },
  [INTERNET_GATEWAY]: {
    title: "EC2 Internet Gateway",
    makes: "CreateInternetGateway",
    id: named("igw"),
    fixed: [],
    references: [inVpc],
    outputs: ec2("internet-gateway"),
    beforeDelete: mustServeNoAddress,
  },
  [EGRESS_ONLY_GATEWAY]: {
    title: "EC2 Egress-only Internet Gateway",
    makes: "CreateEgressOnlyInternetGateway",
    id: named("eigw"),
    required: ["vpcId"],
    fixed: ["vpcId"],
    references: [inVpc],
  },
  "aws:ec2/eip:Eip": {
    title: "EC2 EIP",
    makes: "AllocateAddress",
    id: named("eipalloc"),
    fixed: ["domain"],
    outputs: (_, id, birth) => {
      const publicIp = `198.51.100.${parseInt(birth.random.slice(0, 2), 16)}`;
      return { arn: arnOf("ec2", birth, `elastic-ip/${id}`), allocationId: id, publicIp };
    },
  },
  [NAT_GATEWAY]: {
    title: "EC2 NAT Gateway",
    makes: "CreateNatGateway",
    id: named("nat"),
    required: ["subnetId"],
    problems: ({ allocationId, connectivityType = "public" }) =>
      connectivityType === "public" && allocationId === undefined
        ? [problem("allocationId", '"allocation_id" is required when "connectivity_type" is "public"')]
        : [],
    fixed: ["subnetId", "allocationId", "connectivityType"],
    references: [
      inSubnet("subnetId"),
      {
        path: "allocationId",
        type: "aws:ec2/eip:Eip",
        missing: "InvalidAllocationID.NotFound",
        holds: "InvalidIPAddress.InUse",
      },
    ],
    defaults: { connectivityType: "public" },
    outputs: (_inputs, _id, { random }) => ({
      associationId: `eipassoc-${random}`,
      networkInterfaceId: `eni-${random}`,
    }),
    beforeCreate: mustHaveInternetGateway,
  },
  [ROUTE_TABLE]: {
    title: "EC2 Route Table",
    makes: "CreateRouteTable",
    id: named("rtb"),
    required: ["vpcId"],
    fixed: ["vpcId"],
    references: [inVpc],
    outputs: ec2("route-table"),
  },
  "aws:ec2/route:Route": {
    title: "EC2 Route",
    makes: "CreateRoute",
    id: ({ routeTableId, destinationCidrBlock, destinationIpv6CidrBlock }) =>
      `r-${routeTableId}_${destinationCidrBlock ?? destinationIpv6CidrBlock}`,
    required: ["routeTableId"],
    oneOf: [
      ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
      ["gatewayId", "natGatewayId", "egressOnlyGatewayId", "networkInterfaceId", "transitGatewayId", "vpcEndpointId"],
    ],
    fixed: ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
    references: [
      ofRouteTable("routeTableId"),
      { path: "gatewayId", type: INTERNET_GATEWAY, missing: "InvalidGatewayID.NotFound" },
      { path: "natGatewayId", type: NAT_GATEWAY, missing: "InvalidNatGatewayID.NotFound" },
      { path: "egressOnlyGatewayId", type: EGRESS_ONLY_GATEWAY, missing: "InvalidGatewayID.NotFound" },
    ],
    outputs: () => ({ origin: "CreateRoute", state: "active" }),
    beforeCreate: mustBeOfIpv6,
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    title: "EC2 Route Table Association",
    makes: "AssociateRouteTable",
    id: named("rtbassoc"),
    required: ["routeTableId"],
    oneOf: [["subnetId", "gatewayId"]],
    fixed: ["subnetId", "gatewayId"],
    references: [inSubnet("subnetId"), ofRouteTable("routeTableId", "DependencyViolation")],
  },
  [SECURITY_GROUP]: {
    title: "EC2 Security Group",
    makes: "CreateSecurityGroup",
    id: named("sg"),
    conflicts: [["name", "namePrefix"]],
    fixed: ["name", "namePrefix", "description", "vpcId"],
    autoname: { property: "name" },
    lengths: { name: LONGEST_IN_GROUP, description: LONGEST_IN_GROUP },
    references: [inVpc],
    defaults: { description: "Managed by Pulumi" },
    outputs: ec2("security-group"),
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    title: "EC2 Default Security Group",
    makes: "DescribeSecurityGroups",
    id: named("sg"),
    fixed: ["vpcId"],
    references: [{ path: "vpcId", type: VPC, missing: "InvalidVpcID.NotFound" }],
    outputs: (inputs, id, birth) => ({ ...ec2("security-group")(inputs, id, birth), name: "default" }),
  },
  [VPC_ENDPOINT]: {
    title: "EC2 VPC Endpoint",
    makes: "CreateVpcEndpoint",
    id: named("vpce"),
    required: ["vpcId"],
    oneOf: [["serviceName", "resourceConfigurationArn", "serviceNetworkArn"]],
    fixed: ["vpcId", "serviceName", "vpcEndpointType"],
    references: [inVpc, inSubnet("subnetIds"), withSecurityGroups("securityGroupIds"), ofRouteTable("routeTableIds")],
    defaults: { vpcEndpointType: "Gateway" },
    outputs: (inputs, id, birth) => ({ ...ec2("vpc-endpoint")(inputs, id, birth), state: "available" }),
    beforeCreate: mustFitEndpointType,
  },
  "aws:ec2/flowLog:FlowLog": {
    title: "EC2 Flow Log",
    makes: "CreateFlowLogs",
    id: named("fl"),
    oneOf: [["vpcId", "subnetId", "eniId", "transitGatewayId", "transitGatewayAttachmentId", "regionalNatGatewayId"]],
    values: { maxAggregationInterval: [60, 600] },
    references: [{ path: "vpcId", type: VPC, missing: "InvalidVpcId.NotFound" }],
    defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
    fixed: ["vpcId", "subnetId", "trafficType", "logDestination", "logDestinationType", "iamRoleArn", "logFormat"],
    outputs: ec2("vpc-flow-log"),
    beforeCreate: ({ logDestinationType = "cloud-watch-logs", iamRoleArn }) => {
      if (logDestinationType !== "cloud-watch-logs" || iamRoleArn) return;
      throw refused("CreateFlowLogs", "MissingParameter", "DeliverLogsPermissionArn is missing for CloudWatch Logs.");
    },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    title: "EC2 Launch Template",
    makes: "CreateLaunchTemplate",
    id: named("lt"),
    conflicts: [
      ["name", "namePrefix"],
      ["defaultVersion", "updateDefaultVersion"],
      ["securityGroupNames", "vpcSecurityGroupIds"],
    ],
    problems: ({ userData }) =>
      typeof userData !== "string" || Buffer.from(userData, "base64").toString("base64") === userData
        ? []
        : [problem("userData", "invalid value for user_data (must be base64 encoded)")],
    fixed: ["name", "namePrefix"],
    autoname: { property: "name" },
    lengths: { name: lengths.ec2.LaunchTemplateName, description: lengths.ec2.VersionDescription },
    references: [withSecurityGroups("vpcSecurityGroupIds")],
    outputs: (inputs, id, birth) => ({
      ...ec2("launch-template")(inputs, id, birth),
      latestVersion: 1,
      defaultVersion: 1,
    }),
    updated: (olds, { updateDefaultVersion }) => {
      const latestVersion = Number(olds.latestVersion) + 1;
      return { latestVersion, ...(updateDefaultVersion && { defaultVersion: latestVersion }) };
    },
  },
};
