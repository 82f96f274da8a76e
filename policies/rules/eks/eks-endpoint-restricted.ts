import { areStrangers, isIpv6Range, isRange } from "../../../lib/cidr.ts";
import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster.ts";

export const eksEndpointRestricted: ObjectRule = {
  id: "eks-endpoint-restricted",
  title: "The public endpoint of a cluster's API server accepts only known addresses, or is disabled.",
  rationale:
    "By default EKS opens it to the whole internet, where a stolen token or a new vulnerability is enough to get in.",
  remediation: "Set endpointPublicAccess to false, or list the CIDR ranges of your networks in publicAccessCidrs.",
  severity: "critical",
  environment: true,
  codes: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { publicAccess, publicCidrs } = viewOf(object);
    if (publicAccess.boolean() === false) return;
    // A range that lets everybody in is seen though it is not known yet whether it is used.
    const ranges = publicCidrs.items();
    const open = ranges.find(isOpen);
    if (open !== undefined) {
      yield { path: open.path, message: "list the CIDR ranges of your own networks instead" };
    } else if (areStrangers(ranges.flatMap(knownOf))) {
      yield {
        path: publicCidrs.path,
        message: "list the CIDR ranges of your own networks: together, these ranges cover more",
      };
    } else if (!publicAccess.isUnknown() && !publicCidrs.isUnknown() && ranges.length === 0) {
      yield {
        path: publicCidrs.path,
        message: "list the CIDR ranges of your own networks, or set endpointPublicAccess to false",
      };
    }
  },
};

const knownOf = (range: Field): readonly string[] => {
  const text = range.string() ?? "";
  return isRange(text) || isIpv6Range(text) ? [text] : [];
};

/** Whether the range alone is more than anybody has. */
const isOpen = (range: Field): boolean => areStrangers(knownOf(range));
