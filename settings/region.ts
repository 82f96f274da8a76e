import { fields, list, type Conflict } from "./combinations";

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

/** Certificates that a load balancer in the region of the stack's cluster cannot have: it would wait for one for ever. */
export function* certificateRegions(raw: Readonly<Record<string, unknown>>, region: unknown): Iterable<Conflict> {
  if (typeof region !== "string" || !Object.hasOwn(fields(raw.cluster), "eks")) return;
  const { certificates } = fields(fields(fields(raw.istio).ingressGateway).nlb);
  for (const [index, certificate] of list(certificates).entries()) {
    const [, service, own] = /^arn:[\w-]+:(\w+):([\w-]+):/.exec(String(certificate)) ?? [];
    if (service !== "acm" || own === region) continue;
    const reason = `is of ${own ?? ""}, but the cluster is in ${region}, and so is its load balancer: name one of ${region}, where ACM makes or imports it`;
    yield { path: ["istio", "ingressGateway", "nlb", "certificates", index], reason };
  }
}
