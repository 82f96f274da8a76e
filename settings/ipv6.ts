import { isOnNitro, typeProblem } from "../components/cluster/eks/instanceTypes.ts";
import { ipFamilies } from "../components/ipFamily.ts";
import { isIpv6Network } from "../lib/cidr.ts";
import type { Path } from "../lib/schema/problems.ts";
import { fields, list, type Conflict, type Fields } from "./combinations.ts";

const FAMILY = "mesh:cluster.eks.network.ipFamily";

/** What of the settings of a cluster does not go with the family of its addresses, each with its place in them. */
export function* ipv6Conflicts(eks: Fields): Iterable<Conflict> {
  const { ipFamily = "ipv4", podCidr } = fields(eks.network);
  if (ipFamily === "ipv4") yield* ipv6Access(eks);
  if (ipFamily !== "ipv6") return;
  if (podCidr !== undefined) {
    const reason = "has no place beside ipFamily: ipv6: pods have no addresses of it then; leave one of them out";
    yield { path: ["network", "podCidr"], reason };
  }
  yield* oldTypes(eks);
  yield* pluginOfIpv4(eks);
}

/** Its public endpoint has no address of IPv6. */
function* ipv6Access({ publicAccess }: Fields): Iterable<Conflict> {
  for (const index of ipv6RangesIn(publicAccess)) {
    const reason = `is a range of IPv6, which EKS takes for clusters of ipFamily: ipv6 alone: name one of IPv4, or set ${FAMILY} for a cluster that is yet to be made`;
    yield { path: ["publicAccess", index], reason };
  }
}

function* oldTypes({ nodes }: Fields): Iterable<Conflict> {
  for (const [name, group] of Object.entries(fields(nodes))) {
    for (const [index, type] of list(fields(group).instanceTypes).entries()) {
      if (typeof type !== "string" || isOnNitro(type) || typeProblem(type) !== undefined) continue;
      const reason = "does not run on AWS's Nitro, which ipFamily: ipv6 needs: take a newer type, such as m7i.large";
      yield { path: ["nodes", name, "instanceTypes", index], reason };
    }
  }
}

/** Variables of the network plugin that say otherwise, with the value that would be right. */
const PLUGIN: Readonly<Record<string, "true" | "false">> = {
  ENABLE_PREFIX_DELEGATION: "true",
  ENABLE_IPv6: "true",
  ENABLE_IPv4: "false",
  AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "false",
};

function* pluginOfIpv4({ addons }: Fields): Iterable<Conflict> {
  const { configuration } = fields(fields(addons)["vpc-cni"]);
  const env = fields(fields(configuration).env);
  for (const [variable, right] of Object.entries(PLUGIN)) {
    if (!Object.hasOwn(env, variable) || String(env[variable]) === right) continue;
    const reason = `must be "${right}" with ipFamily: ipv6; leave it out`;
    yield { path: ["addons", "vpc-cni", "configuration", "env", variable], reason };
  }
}

/** Nothing for what is none, which has been told of. */
const familyOf = (value: unknown) => ipFamilies.find((family) => family === value);

const NLB: Path = ["istio", "ingressGateway", "nlb"];

/** Rules about the mesh, the load balancer of its gateway, and the addresses of the cluster. As in `combinations`, nothing is taken for granted. */
export function* ipv6Combinations(settings: unknown): Iterable<Conflict> {
  const stack = fields(settings);
  const { eks } = fields(stack.cluster);
  const ofMesh = familyOf(fields(stack.istio).ipFamily);
  const network = fields(fields(eks).network);
  const family = eks === undefined ? (ofMesh ?? "ipv4") : familyOf(network.ipFamily ?? "ipv4");
  if (eks !== undefined && family && ofMesh && ofMesh !== family) {
    yield { path: ["istio", "ipFamily"], reason: `must be ${family}, which this cluster has; leave it out` };
  }
  const { ipAddressType = family === "ipv6" ? "dualstack" : "ipv4", sourceRanges } = fields(
    fields(fields(stack.istio).ingressGateway).nlb,
  );
  if (family === "ipv6" && ipAddressType === "ipv4") {
    const reason = "must be dualstack: it reaches pods by IPv6, which is all that they have; leave it out";
    yield { path: [...NLB, "ipAddressType"], reason };
  }
  const isMade = eks !== undefined && network.vpcId === undefined;
  if (family === "ipv4" && isMade && ipAddressType === "dualstack") {
    const reason = `must be ipv4: the VPC that is made has no ranges of IPv6 without ${FAMILY}: ipv6; leave it out`;
    yield { path: [...NLB, "ipAddressType"], reason };
  }
  if (ipAddressType !== "ipv4") return;
  const other = isMade ? "" : ", or set ipAddressType to dualstack, for which its subnets need IPv6";
  const reason = `is a range of IPv6, from which nobody reaches this load balancer: leave it out${other}`;
  for (const index of ipv6RangesIn(sourceRanges)) yield { path: [...NLB, "sourceRanges", index], reason };
}

/** Places of the ranges of IPv6 in a list. */
const ipv6RangesIn = (ranges: unknown): number[] =>
  list(ranges).flatMap((range, index) => (typeof range === "string" && isIpv6Network(range) ? [index] : []));
