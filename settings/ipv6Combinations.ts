import { FAMILY, ipv6RangesIn } from "../components/cluster/eks/schema/ipv6.ts";
import { ipFamilies } from "../components/ipFamily.ts";
import type { Finding, Path } from "../lib/schema/problems.ts";
import { mapOf } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";

/** Nothing for what is none, which has been told of. */
const familyOf = (value: unknown) => ipFamilies.find((family) => family === value);

const NLB: Path = ["istio", "ingressGateway", "nlb"];

/** Rules about the mesh, the load balancer of its gateway, and the addresses of the cluster. */
export function* ipv6Combinations(draft: Draft): Iterable<Finding> {
  const { eks } = draft;
  const ofMesh = familyOf(draft.section("istio").ipFamily);
  const network = mapOf(eks?.network);
  const family = eks === undefined ? (ofMesh ?? "ipv4") : familyOf(network.ipFamily ?? "ipv4");
  if (eks !== undefined && family && ofMesh && ofMesh !== family) {
    yield { path: ["istio", "ipFamily"], reason: `must be ${family}, which this cluster has; leave it out` };
  }
  const { ipAddressType = family === "ipv6" ? "dualstack" : "ipv4", sourceRanges } = draft.nlb;
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
