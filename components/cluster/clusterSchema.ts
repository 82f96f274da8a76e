import * as field from "../../lib/schema/fields.ts";
import { eks, type EksSection } from "./eks/schema/eks.ts";
import type { ExistingClusterArgs } from "./existingCluster.ts";
import type { ReferencedClusterArgs } from "./referencedCluster.ts";

/** What a stack file says about the cluster. */
export interface ClusterSection extends ExistingClusterArgs, Partial<ReferencedClusterArgs> {
  /** A cluster on Amazon EKS, to be made. */
  readonly eks?: EksSection;
}

/** The keys that say which cluster it is, by what each stands for. */
const kinds = {
  kubeconfig: "a cluster that is there",
  context: "a cluster that is there",
  stackReference: "the cluster of another stack",
  eks: "a cluster to be made",
} as const;

export const cluster = field
  .section({
    kubeconfig: field.text(/./, "must be the path of a kubeconfig").exactOptional(),
    context: field.text(/./, "must be the name of a context in the kubeconfig").exactOptional(),
    stackReference: field
      .text(
        /^[\w.-]+\/[\w.-]+\/[\w.-]+$/,
        "must be the full name of a stack, such as acme/mesh/prod-cluster; the first part is organization in a backend without organizations",
      )
      .exactOptional(),
    eks: eks.exactOptional(),
  })
  .superRefine((settings, context) => {
    const named = Object.keys(kinds).filter((key) => Object.hasOwn(settings, key)) as (keyof typeof kinds)[];
    const [first, ...others] = named;
    for (const other of others) {
      if (first === undefined || kinds[other] === kinds[first]) continue;
      const message = `has no place beside ${first}: that is ${kinds[first]}, this ${kinds[other]}; leave one of them out`;
      context.addIssue({ code: "custom", path: [other], message });
    }
  }, field.always);
