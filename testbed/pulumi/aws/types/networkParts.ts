// What the types of a network have in common.
import type { Fields } from "../../provider/values/value.ts";
import { SUBNET, VPC } from "./networkRules.ts";
import type { Birth, Reference } from "./type.ts";

export const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";

export const arnOf = (service: string, { region, accountId }: Birth, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

export const named =
  (prefix: string) =>
  (_: Fields, { random }: Birth) =>
    `${prefix}-${random}`;

export const ec2 = (kind: string) => (_: Fields, id: string, birth: Birth) => ({
  arn: arnOf("ec2", birth, `${kind}/${id}`),
  ownerId: birth.accountId,
});

/** A /56 of those that AWS has in Ireland. */
export const generatedRange = ({ random }: Birth): string => {
  const parts = [random.slice(0, 4), `${random.slice(4, 6)}00`].map((part) => parseInt(part, 16).toString(16));
  return `2a05:d018:${parts.join(":")}::/56`;
};

export const inVpc: Reference = {
  path: "vpcId",
  type: VPC,
  missing: "InvalidVpcID.NotFound",
  holds: "DependencyViolation",
};

export const inSubnet = (path: string): Reference => ({
  path,
  type: SUBNET,
  missing: "InvalidSubnetID.NotFound",
  holds: "DependencyViolation",
});

export const withSecurityGroups = (path: string): Reference => ({
  path,
  type: SECURITY_GROUP,
  missing: "InvalidGroup.NotFound",
  holds: "DependencyViolation",
});

export const ofRouteTable = (path: string, holds?: string): Reference => ({
  path,
  type: ROUTE_TABLE,
  missing: "InvalidRouteTableID.NotFound",
  ...(holds && { holds }),
});

/**
 * AWS's model says it in words alone.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 */
export const LONGEST_IN_GROUP = 255;
