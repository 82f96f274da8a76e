import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { wrongSettings, type Problem } from "../../../lib/schema/problems.ts";
import { addonProblems } from "./addonVersions.ts";
import { callerOf, entranceProblem } from "./caller.ts";
import type { EksClusterArgs } from "./eksCluster.ts";
import { encryptionKeyProblem } from "./encryptionKey.ts";
import { iamPathProblem } from "./iam.ts";
import { isUnlisted } from "./instanceTypes.ts";
import { ipFamilyProblem, subnetProblem } from "./ipv6.ts";
import { findCluster, subnetsNamed } from "./lookups.ts";
import { podCidrProblem, podSubnetNames } from "./podSubnets.ts";
import { zonesProblem } from "./zones.ts";

type Checked = Pick<
  EksClusterArgs,
  | "cluster"
  | "region"
  | "version"
  | "addons"
  | "network"
  | "access"
  | "kubeconfigRole"
  | "nodes"
  | "encryptionKey"
  | "iam"
  | "autoscaler"
>;

/**
 * Asks AWS, in a preview too, what only AWS knows of these settings, and would say a quarter of an hour into a run.
 *
 * @throws pulumi.RunError with all that is wrong, each with its path in the stack file; or in AWS's own words, where it
 *   does not answer, as without credentials
 */
export async function checkWithAws(args: Checked): Promise<void> {
  tellOfUnlistedTypes(args.nodes);
  tellOfScaling(args);
  const all = [entrance(args), zones(args), subnets(args), fixed(args), addons(args)];
  const found = await Promise.all(all).catch((error: unknown) => {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  });
  const problems = found
    .flat()
    .flatMap((problem) => (problem ? [{ ...problem, path: `${pulumi.getProject()}:${problem.path}` }] : []));
  if (problems.length > 0) throw new pulumi.RunError(wrongSettings(`Pulumi.${pulumi.getStack()}.yaml`, problems));
}

async function entrance({ access, kubeconfigRole }: Checked): Promise<Problem | undefined> {
  const { arn } = await aws.getCallerIdentity({});
  const doors = { access, ...(kubeconfigRole !== undefined && { kubeconfigRole }) };
  const problem = entranceProblem(arn, doors);
  const { role } = callerOf(arn);
  if (!problem || role === undefined) return problem;
  // Its path, for the entry. Not everybody may ask.
  const principal = await aws.iam.getRole({ name: role }).then(
    (found) => found.arn,
    () => undefined,
  );
  return entranceProblem(arn, doors, principal);
}

async function zones({ region, network = {} }: Checked): Promise<Problem | undefined> {
  if ("vpcId" in network) return undefined;
  // Those of any state: a zone that is down for an hour is no reason to change nothing.
  const reason = zonesProblem(region, network.zones, await aws.getAvailabilityZones({}));
  return reason === undefined ? undefined : { path: "cluster.eks.network.zones", reason };
}

/** Those of a network that is there, which has to be made for IPv6 already. */
async function subnets({ network = {} }: Checked): Promise<readonly Problem[]> {
  if (!("vpcId" in network) || network.ipFamily !== "ipv6") return [];
  const ids = network.privateSubnetIds as readonly string[];
  const found = await Promise.all(ids.map((id) => aws.ec2.getSubnet({ id })));
  return found.flatMap((subnet, index) => {
    const reason = subnetProblem(subnet);
    return reason === undefined ? [] : [{ path: `cluster.eks.network.privateSubnetIds[${index}]`, reason }];
  });
}

const addons = ({ nodes, ...args }: Checked) => addonProblems({ ...args, autoMode: nodes === "auto-mode" });

function tellOfUnlistedTypes(nodes: Checked["nodes"]): void {
  if (nodes === "auto-mode") return;
  const types = Object.values(nodes).flatMap(({ instanceTypes }) => instanceTypes.filter(isUnlisted));
  if (types.length === 0) return;
  void pulumi.log.warn(
    `this project has not heard of the instance types ${[...new Set(types)].join(", ")}: see that they are spelt right, or take its list anew with \`make aws-data\``,
  );
}

/** What cannot be changed of a cluster that is there. */
async function fixed({ cluster, encryptionKey, iam = {}, network = {} }: Checked): Promise<readonly Problem[]> {
  const found = await findCluster(cluster, {});
  const [addresses] = found?.kubernetesNetworkConfigs ?? [];
  const podSubnets = found ? await subnetsNamed(podSubnetNames(cluster), {}) : [];
  const reasons = {
    "cluster.eks.encryptionKey": encryptionKeyProblem(cluster, encryptionKey, found?.tags),
    "cluster.eks.iam.path": iamPathProblem(cluster, iam, found?.roleArn),
    "cluster.eks.network.podCidr": podCidrProblem("podCidr" in network ? network.podCidr : undefined, podSubnets),
    "cluster.eks.network.ipFamily": ipFamilyProblem(cluster, network.ipFamily ?? "ipv4", addresses?.ipFamily),
  };
  return Object.entries(reasons).flatMap(([path, reason]) => (reason === undefined ? [] : [{ path, reason }]));
}

/** Whoever reads `max` may think that nodes come by themselves. */
function tellOfScaling({ nodes, autoscaler }: Checked): void {
  if (nodes === "auto-mode" || autoscaler?.name === "cluster-autoscaler" || !pulumi.runtime.isDryRun()) return;
  const names = Object.entries(nodes).flatMap(([name, { min, max }]) => (min < max ? [name] : []));
  if (names.length === 0) return;
  void pulumi.log.info(
    `groups of nodes that grow beyond min only by hand, or by an autoscaler, such as mesh:cluster.eks.autoscaler: cluster-autoscaler: ${names.join(", ")}; see docs/eks.md`,
  );
}
