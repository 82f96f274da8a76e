import awsData from "../aws.json" with { type: "json" };
import { wholeText } from "../../../../lib/javaPattern.ts";
import type { Untrusted } from "../../../../lib/untrusted.ts";
import type { Finding } from "../../../../lib/schema/problems.ts";

const { lengths, patterns } = awsData;

const LONGEST = lengths.eks.ClusterName;

/** What EKS takes for the name of a cluster. */
export const clusterName = {
  pattern: wholeText(`(?=.{1,${LONGEST}}$)${patterns.eks.ClusterName}`),
  error: `must be a name of at most ${LONGEST} letters, digits, hyphens and underscores, neither of the last two first`,
};

/** The name of a cluster whose stack file gives it none. */
export const defaultClusterName = (project: string, stack: string): string => `${project}-${stack}`;

/** What is wrong with the name that a cluster gets from its stack. */
export function* clusterNameProblems(
  eks: Untrusted | undefined,
  project: string,
  stack: string | undefined,
): Iterable<Finding> {
  if (eks === undefined || stack === undefined || Object.hasOwn(eks, "name")) return;
  const name = defaultClusterName(project, stack);
  if (clusterName.pattern.test(name)) return;
  const what = name.length > LONGEST ? ` has ${name.length} characters` : " is none that EKS takes";
  const reason = `is missing: without it the cluster would be ${name}, which${what}; write here a name of at most ${LONGEST} letters, digits, hyphens and underscores, neither of the last two first`;
  yield { path: ["cluster", "eks", "name"], reason };
}
