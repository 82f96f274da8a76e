import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** How many nodes a group may have. */
interface Bounds {
  readonly min: number;
  readonly max: number;
}

interface KeepNodesArgs extends Bounds {
  /** The tag `Name` of the group; its name in AWS has a random end. */
  readonly tag: string;

  /** The node groups that the cluster has. */
  readonly groups: () => Promise<readonly aws.eks.GetNodeGroupResult[]>;
}

/**
 * Lets a group keep as many nodes as it has, within its bounds, when the bounds change or another group takes its place.
 * A group that is new starts with the fewest.
 *
 * EKS wants the number with every change of the bounds. The engine only knows the one of the last time: sent again, it
 * ends nodes that an autoscaler has added since, or lies below the new bounds and is refused.
 */
export function keepNodes({ min, max, tag, groups }: KeepNodesArgs): pulumi.ResourceTransform {
  return async ({ props, opts }) => {
    const now = sizeOf(tag, await askedFor(tag, groups));
    const scalingConfig = {
      minSize: min,
      desiredSize: now ? Math.min(Math.max(now.desiredSize, min), max) : min,
      maxSize: max,
    };
    // Where the bounds stay, nothing is sent: what an autoscaler does is no change of the program. The engine looks
    // away from the number in updates only; a group that takes this one's place starts with what is said above.
    const isAsWished = now?.minSize === min && now.maxSize === max;
    return {
      props: { ...(props as object), scalingConfig },
      opts: { ...opts, ...(isAsWished && { ignoreChanges: ["scalingConfig.desiredSize"] }) },
    };
  };
}

async function askedFor(tag: string, groups: KeepNodesArgs["groups"]) {
  try {
    return await groups();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`AWS does not say how many nodes the group ${tag} has, so none can be kept: ${why}`, {
      cause: error,
    });
  }
}

/** Of two by that tag, one is about to go: the bigger one has the pods. */
function sizeOf(tag: string, groups: readonly aws.eks.GetNodeGroupResult[]) {
  return groups
    .filter(({ tags }) => tags.Name === tag)
    .flatMap(({ scalingConfigs }) => scalingConfigs)
    .toSorted((one, other) => other.desiredSize - one.desiredSize)[0];
}
