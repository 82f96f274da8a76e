import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Endpoint } from "./choices";

interface EndpointsArgs {
  readonly endpoints: readonly Endpoint[];
  readonly region: string;
  readonly vpc: aws.ec2.Vpc;
  readonly routeTableIds: readonly pulumi.Input<string>[];
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly tags: (suffix: string) => Record<string, string>;
  readonly parent: pulumi.Resource;
}

/**
 * Ways out of a VPC that stay inside AWS. Images in ECR need both: their names come from `ecr`, their layers from `s3`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function addEndpoints(name: string, args: EndpointsArgs): void {
  const { region, vpc, routeTableIds, subnetIds, tags, parent } = args;
  if (args.endpoints.includes("s3")) {
    new aws.ec2.VpcEndpoint(
      `${name}-s3`,
      {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds: [...routeTableIds],
        tags: tags("-s3"),
      },
      { parent },
    );
  }
  if (!args.endpoints.includes("ecr")) return;
  const group = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    {
      vpcId: vpc.id,
      description: "Lets the VPC reach its endpoints by HTTPS",
      ingress: [
        { description: "HTTPS from the VPC", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [vpc.cidrBlock] },
      ],
      tags: tags("-endpoints"),
    },
    { parent },
  );
  for (const service of ["api", "dkr"]) {
    new aws.ec2.VpcEndpoint(
      `${name}-ecr-${service}`,
      {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.ecr.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [group.id],
        tags: tags(`-ecr-${service}`),
      },
      { parent },
    );
  }
}
