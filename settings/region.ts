import { fields } from "./combinations";

/** Key of the AWS provider under which a stack file says the region. */
export const REGION = "aws:region";

/** What is wrong with the region of a stack that makes a cluster. */
export function* regionProblems(
  raw: Readonly<Record<string, unknown>>,
  region: unknown,
): Iterable<{ readonly path: string; readonly reason: string }> {
  if (!Object.hasOwn(fields(raw.cluster), "eks")) return;
  if (region === undefined) {
    const reason =
      "is missing: a cluster needs its region here, not from the environment, or another shell would make another one";
    yield { path: REGION, reason };
  } else if (typeof region !== "string" || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    yield { path: REGION, reason: "must be the name of a region, such as eu-west-1" };
  }
}
