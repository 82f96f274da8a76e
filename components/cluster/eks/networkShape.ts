import type * as pulumi from "@pulumi/pulumi";
import type { IpFamily } from "../../ipFamily.ts";
import type { Endpoint, Nat } from "./choices.ts";

/** A network that a cluster runs in, by what AWS calls its parts. */
export interface NetworkIds {
  /** Id of the VPC. */
  readonly vpcId: pulumi.Input<string>;
  /** For nodes, pods and internal load balancers: one in each zone, tagged `kubernetes.io/role/internal-elb`. */
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
}

/** A network that is there. */
export interface ExistingNetwork extends NetworkIds {
  /**
   * What pods and Services have addresses of. With `ipv6` the subnets have IPv6 ranges, give addresses of them to machines, and
   * have routes for them.
   * @default "ipv4"
   */
  readonly ipFamily?: IpFamily;
}

/** What a network of the stack's own is like. */
export interface NetworkShape {
  /**
   * Range of the VPC, from /16 to /20.
   * @default "10.0.0.0/16"
   */
  readonly cidr?: string;

  /**
   * A second range of the VPC, from /16 to /20, that pods have their addresses of, in the place of the private subnets: of
   * 100.64.0.0/10, or of the same private kind as `cidr`.
   * @default - pods have addresses of the private subnets
   */
  readonly podCidr?: string;

  /**
   * What pods and Services have addresses of; nodes and load balancers have both with `ipv6`. It is chosen once: EKS never takes
   * the other one for a cluster that is there.
   * @default "ipv4"
   */
  readonly ipFamily?: IpFamily;

  /**
   * Letters of the availability zones in the region. Named, not looked up: the list that AWS gives changes, and with it
   * the subnets would be replaced. `checkWithAws` sees to it that they are there.
   * @default ["a", "b", "c"]
   */
  readonly zones?: readonly string[];

  /**
   * One NAT gateway for all zones is cheaper; one in each survives the loss of a zone, and sends nothing across zones. With
   * none, there is no internet: neither public subnets nor a gateway, and AWS is reached by `endpoints` alone.
   * @default "one"
   */
  readonly nat?: Nat;

  /**
   * Ways to AWS's services that do not lead through the NAT gateway. `s3` is free of charge; the others cost by the hour and
   * zone, and save the NAT gateway's price, e.g. of each image pulled from ECR.
   * @default ["s3"]
   */
  readonly endpoints?: readonly Endpoint[];

  /**
   * Whether to keep a record of every connection, accepted or rejected.
   * @default false
   */
  readonly flowLogs?: boolean;
}
