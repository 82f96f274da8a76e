import { isOnNitro, typeProblem } from "../instanceTypes.ts";
import { isIpv6Network } from "../../../../lib/cidr.ts";
import type { Finding } from "../../../../lib/schema/problems.ts";
import { mapOf, listOf, type Untrusted } from "../../../../lib/untrusted.ts";

export const FAMILY = "mesh:cluster.eks.network.ipFamily";

/** What of the settings of a cluster does not go with the family of its addresses, each with its place in them. */
export function* ipv6Conflicts(eks: Untrusted): Iterable<Finding> {
  const { ipFamily = "ipv4", podCidr } = mapOf(eks.network);
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
function* ipv6Access({ publicAccess }: Untrusted): Iterable<Finding> {
  for (const index of ipv6RangesIn(publicAccess)) {
    const reason = `is a range of IPv6, which EKS takes for clusters of ipFamily: ipv6 alone: name one of IPv4, or set ${FAMILY} for a cluster that is yet to be made`;
    yield { path: ["publicAccess", index], reason };
  }
}

function* oldTypes({ nodes }: Untrusted): Iterable<Finding> {
  for (const [name, group] of Object.entries(mapOf(nodes))) {
    for (const [index, type] of listOf(mapOf(group).instanceTypes).entries()) {
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

function* pluginOfIpv4({ addons }: Untrusted): Iterable<Finding> {
  const { configuration } = mapOf(mapOf(addons)["vpc-cni"]);
  const env = mapOf(mapOf(configuration).env);
  for (const [variable, right] of Object.entries(PLUGIN)) {
    if (!Object.hasOwn(env, variable) || String(env[variable]) === right) continue;
    const reason = `must be "${right}" with ipFamily: ipv6; leave it out`;
    yield { path: ["addons", "vpc-cni", "configuration", "env", variable], reason };
  }
}

/** Places of the ranges of IPv6 in a list. */
export const ipv6RangesIn = (ranges: unknown): number[] =>
  listOf(ranges).flatMap((range, index) => (typeof range === "string" && isIpv6Network(range) ? [index] : []));
