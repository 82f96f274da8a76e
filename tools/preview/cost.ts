// What a stack costs a month, roughly: what AWS takes by the hour for what the stack has.
import { listOf, mapOf } from "../../lib/untrusted.ts";
import { valueAt, type Step } from "./events.ts";
import { gatewaysBehindLoadBalancers, type Resource } from "./loadBalancers.ts";
import {
  EVERYWHERE,
  HOURS,
  IN_VIRGINIA,
  KEY_A_MONTH,
  LARGE,
  largesIn,
  PRICES_AS_OF,
  PRICES_SOURCE,
  REGIONS,
  SPOT,
  VOLUME_GB_A_MONTH,
} from "./prices.ts";

export interface Cost {
  readonly what: string;
  /** How many of them, in words. */
  readonly count: string;
  /** US dollars a month; undefined where no price is known. */
  readonly dollars: number | undefined;
}

/** What is not part of the estimate. */
export const LEFT_OUT =
  "traffic (NAT, between zones, load balancers, to the internet), logs, persistent volumes, nodes that an autoscaler adds, support and tax";

/** What the resources of a stack cost a month. */
export function costs(resources: readonly Resource[], region: string): Cost[] {
  const factor = REGIONS[region] ?? 1;
  const ofType = (type: string) => resources.filter((each) => each.type === type && each.inputs !== undefined);
  const hourly = (what: string, count: number, dollars: number, words = String(count)): Cost[] =>
    count === 0 ? [] : [{ what, count: words, dollars: count * dollars * HOURS }];
  const zones = ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
    .filter(({ inputs }) => inputs?.vpcEndpointType === "Interface")
    .map(({ inputs }) => listOf(inputs?.subnetIds).length);
  const balancers = gatewaysBehindLoadBalancers(resources).filter(({ isOfAws }) => isOfAws);
  const publicSubnets = ofType("aws:ec2/subnet:Subnet").filter(({ inputs }) => isPublic(inputs)).length;
  const open = balancers.filter(({ isInternetFacing }) => isInternetFacing).length;
  const keys = ofType("aws:kms/key:Key").length;
  return [
    ...hourly("control plane", ofType("eks:index:Cluster").length, EVERYWHERE.controlPlane),
    ...ofType("aws:eks/nodeGroup:NodeGroup").flatMap((group) => nodes(group, resources, factor)),
    ...hourly("NAT gateways", ofType("aws:ec2/natGateway:NatGateway").length, IN_VIRGINIA.natGateway * factor),
    ...hourly(
      "interface endpoints",
      zones.reduce((sum, each) => sum + each, 0),
      IN_VIRGINIA.interfaceEndpoint * factor,
      `${zones.length} in ${Math.max(0, ...zones)} zones`,
    ),
    ...hourly("load balancers", balancers.length, IN_VIRGINIA.networkLoadBalancer * factor),
    ...hourly("public addresses", ofType("aws:ec2/eip:Eip").length + open * publicSubnets, EVERYWHERE.publicAddress),
    ...(keys === 0 ? [] : [{ what: "KMS keys", count: String(keys), dollars: keys * KEY_A_MONTH }]),
  ];
}

/** Where a load balancer on the internet may be, by the tag that its controller looks for. */
const isPublic = (inputs: Resource["inputs"]): boolean => mapOf(inputs?.tags)["kubernetes.io/role/elb"] !== undefined;

/** A group of nodes, and their disks. */
function nodes({ name, inputs }: Resource, resources: readonly Resource[], factor: number): Cost[] {
  const { minSize = 0, desiredSize = minSize } = mapOf(inputs?.scalingConfig);
  const count = Number(desiredSize);
  if (count === 0) return [];
  const [type] = listOf(inputs?.instanceTypes).map(String);
  const isSpot = inputs?.capacityType === "SPOT";
  const hour = type === undefined ? undefined : hourOf(type);
  const template = resources.find(
    (each) => each.type === "aws:ec2/launchTemplate:LaunchTemplate" && each.name === name,
  );
  const gigabytes = listOf(template?.inputs?.blockDeviceMappings)
    .map((mapping) => Number(valueAt(mapOf(mapping), "ebs.volumeSize") ?? 0))
    .reduce((sum, each) => sum + each, 0);
  const disks = count * gigabytes * VOLUME_GB_A_MONTH * factor;
  return [
    {
      what: `nodes ${name}`,
      count: `${count} ${type ?? "of unknown type"}${isSpot ? ", Spot" : ""}`,
      dollars: hour === undefined ? undefined : count * hour * (isSpot ? SPOT : 1) * factor * HOURS,
    },
    ...(disks === 0 ? [] : [{ what: `disks of ${name}`, count: `${count} of ${gigabytes} GB`, dollars: disks }]),
  ];
}

/** US dollars an hour of an instance in us-east-1, if its family is known. */
function hourOf(type: string): number | undefined {
  const [family = "", size = ""] = type.split(".");
  const [large, larges] = [LARGE[family], largesIn(size)];
  return large === undefined || larges === undefined ? undefined : large * larges;
}

export const sum = (all: readonly Cost[]): number => all.reduce((total, { dollars = 0 }) => total + dollars, 0);

export const rounded = (dollars: number): string => `$${Math.round(dollars)}`;

/** What the stack would cost a month, what changes by that, and what the estimate leaves out. */
export function costText(steps: readonly Step[], region: string): string[] {
  const [before, after] = (["before", "after"] as const).map((when) =>
    costs(
      steps.map((step) => ({ type: step.type, name: step.name, inputs: step[when] })),
      region,
    ),
  ) as [Cost[], Cost[]];
  if (before.length + after.length === 0) return [];
  const change = Math.round(sum(after)) - Math.round(sum(before));
  if (JSON.stringify(before) === JSON.stringify(after))
    return [`unchanged, about ${rounded(sum(after))} a month, an estimate`];
  const unpriced = after.filter(({ dollars }) => dollars === undefined).map(({ what, count }) => `${what} (${count})`);
  return [
    `about ${rounded(sum(after))} a month${before.length === 0 ? "" : `, ${change < 0 ? "-" : "+"}$${Math.abs(change)}`}, an estimate:`,
    ...after.map(
      ({ what, count, dollars }) =>
        `  ${what}: ${count}, ${dollars === undefined ? "unknown price" : rounded(dollars)}`,
    ),
    `Not included: ${[...unpriced, LEFT_OUT].join(", ")}.`,
    `List prices as of ${PRICES_AS_OF} (${PRICES_SOURCE}), ${whose(region)}.`,
  ];
}

/** Whose prices the estimate has. */
function whose(region: string): string {
  if (REGIONS[region] !== undefined) return `for ${region}`;
  return `for us-east-1${region === "" ? "" : `: prices for ${region} are unknown`}`;
}
