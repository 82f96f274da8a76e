import { areStrangers, isRange } from "../../../lib/cidr";
import type { Field } from "../../field";
import type { ObjectRule } from "../../rule";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster";

/** No range of IPv6 that is anybody's is shorter: a whole registry has a /12. */
const SHORTEST_IPV6 = 13;

export const eksEndpointRestricted: ObjectRule = {
  id: "eks-endpoint-restricted",
  requires: "The API server of a cluster answers only known addresses on the internet, or none.",
  because: "EKS opens it to everybody by default: then a stolen token, or the next flaw, is all that it takes.",
  wayOut: "Set endpointPublicAccess to false, or list the ranges of your networks in publicAccessCidrs.",
  severity: "critical",
  environment: true,
  covers: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { publicAccess, publicCidrs } = viewOf(object);
    if (publicAccess.boolean() === false) return;
    // A range that lets everybody in is seen though it is not known yet whether it is used.
    const ranges = publicCidrs.items();
    const open = ranges.find(isOpen);
    if (open !== undefined) {
      yield { path: open.path, message: "list the ranges of your own networks instead" };
    } else if (areStrangers(ranges.flatMap(ipv4Of))) {
      yield { path: publicCidrs.path, message: "list the ranges of your own networks: together, these are more" };
    } else if (!publicAccess.isUnknown() && !publicCidrs.isUnknown() && ranges.length === 0) {
      yield {
        path: publicCidrs.path,
        message: "list the ranges of your own networks, or set endpointPublicAccess to false",
      };
    }
  },
};

const ipv4Of = (range: Field): readonly string[] => {
  const text = range.text() ?? "";
  return isRange(text) ? [text] : [];
};

/** Whether the range alone is more than anybody has. */
function isOpen(range: Field): boolean {
  const [address = "", prefix] = (range.text() ?? "").split("/");
  return address.includes(":") ? Number(prefix) < SHORTEST_IPV6 : areStrangers(ipv4Of(range));
}
