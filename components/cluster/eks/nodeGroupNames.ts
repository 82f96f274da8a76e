/*
 * How long the name of a group may be. The program names no node group: the engine does, after the resource, with an end
 * of its own, so that a group can take another's place. AWS refuses what is too long after a quarter of an hour.
 */

/**
 * The longest name of a node group that EKS takes.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
 */
export const longestNodeGroupName = 63;

/** What the engine puts at the end of a name, as long as it is. */
export const END = "-1a2b3c4";

/** What comes before a group's name, in the name of its resource. */
export const NODES = "nodes";
const BEFORE = `cluster-${NODES}-`;

/** The most characters that the name of a group may have. */
export const longestGroupName = longestNodeGroupName - BEFORE.length - END.length;
