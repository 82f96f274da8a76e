import type { Field } from "../../field";
import type { ObjectRule } from "../../rule";
import { CLUSTER_KINDS, viewOf } from "./lib/cluster";

/** Ranges that are all of the internet, or half of it. */
const EVERYWHERE = /\/[01]$/;

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
    const [open] = publicCidrs.items().filter(isEverywhere);
    if (open !== undefined) {
      yield { path: open.path, message: "list the ranges of your own networks instead" };
    } else if (!publicAccess.isUnknown() && !publicCidrs.isUnknown() && publicCidrs.items().length === 0) {
      yield {
        path: publicCidrs.path,
        message: "list the ranges of your own networks, or set endpointPublicAccess to false",
      };
    }
  },
};

const isEverywhere = (cidr: Field) => EVERYWHERE.test(cidr.text() ?? "");
