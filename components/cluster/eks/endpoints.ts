import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Endpoint } from "./choices.ts";

interface EndpointsArgs {
  readonly endpoints: readonly Endpoint[];
  readonly region: string;
  readonly vpc: aws.ec2.Vpc;
  /** Range of pods, beside that of the VPC. */
  readonly podCidr?: string;
  readonly routeTableIds: readonly pulumi.Input<string>[];
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly tags: (suffix: string) => Record<string, string>;
  readonly parent: pulumi.Resource;
}

/** The names under which services are reached, where those are not the service's own. */
const NAMES: Partial<Record<Endpoint, readonly string[]>> = { ecr: ["ecr.api", "ecr.dkr"] };

/**
 * Ways out of a VPC that stay inside AWS. Images in ECR need two: their names come from `ecr`, their layers from `s3`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 */
export function addEndpoints(name: string, args: EndpointsArgs): void {
  const { region, vpc, podCidr, routeTableIds, subnetIds, tags, parent } = args;
  const cidrBlocks = [vpc.cidrBlock, ...(podCidr === undefined ? [] : [podCidr])];
  const services = args.endpoints.flatMap((endpoint) => NAMES[endpoint] ?? [endpoint]);
  if (services.includes("s3")) {
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
  const interfaces = services.filter((service) => service !== "s3");
  if (interfaces.length === 0) return;
  const group = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    {
      vpcId: vpc.id,
      description: "Lets the VPC reach its endpoints by HTTPS",
      ingress: [{ description: "HTTPS from the VPC", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks }],
      tags: tags("-endpoints"),
    },
    { parent },
  );
  for (const service of interfaces) {
    const suffix = `-${service.replace(".", "-")}`;
    new aws.ec2.VpcEndpoint(
      `${name}${suffix}`,
      {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [group.id],
        tags: tags(suffix),
      },
      { parent },
    );
  }
}
