import { didYouMean, pathText, type Path, type Problem, type Finding } from "../lib/schema/problems.ts";
import { partitionOf, regions } from "../components/cluster/eks/region.ts";
import { mapOf, listOf, type Untrusted } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";

/** Key of the AWS provider under which a stack file says the region. */
export const REGION = "aws:region";

/** What is wrong with the region of a stack that makes a cluster, and with what has to fit it. */
export function* regionProblems({ eks }: Draft, region: unknown, project: string): Iterable<Problem> {
  if (eks === undefined) return;
  if (region === undefined) {
    const reason =
      "is missing: a cluster needs its region here, not from the environment, or another shell would make another one";
    yield { path: REGION, reason };
  } else if (typeof region !== "string" || !/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region)) {
    yield { path: REGION, reason: "must be the name of a region, such as eu-west-1" };
  } else if (!regions.includes(region)) {
    const meant = didYouMean(region, regions);
    const hint = meant === undefined ? "" : `did you mean ${meant}? `;
    yield { path: REGION, reason: `is no region of AWS's; ${hint}\`make aws-data\` takes the list anew` };
  } else {
    yield* otherPartitions(eks, region, project);
    if (partitionOf(region) === "aws-cn" && mapOf(eks.network).ipFamily === "ipv6") {
      const reason = "must be ipv4 there: EKS has no clusters with IPv6 in China; leave it out";
      yield { path: `${project}:cluster.eks.network.ipFamily`, reason };
    }
  }
}

/** Regions of China, and of the government of the United States, have users, policies and keys of their own. */
function* otherPartitions(eks: Readonly<Record<string, unknown>>, region: string, project: string): Iterable<Problem> {
  for (const [path, arn] of textsIn(eks, ["cluster", "eks"])) {
    const [, partition] = /^arn:(aws[a-z-]*):/.exec(arn) ?? [];
    if (partition === undefined || partition === partitionOf(region)) continue;
    const reason = `is of another part of AWS than the region, where ARNs begin with arn:${partitionOf(region)}:`;
    yield { path: `${project}:${pathText(path)}`, reason };
  }
}

/** Every text in a value, with its path. */
function* textsIn(value: unknown, path: Path): Iterable<readonly [Path, string]> {
  if (typeof value === "string") yield [path, value];
  const items = Array.isArray(value) ? value.entries() : Object.entries(mapOf(value));
  for (const [key, item] of items) yield* textsIn(item, [...path, key]);
}

/** What a cluster names and cannot have, since it is of another region. */
export function* otherRegions({ eks, nlb }: Draft, region: unknown): Iterable<Finding> {
  if (typeof region !== "string" || eks === undefined) return;
  const { encryptionKey } = eks;
  const [, ofKey] = /^arn:[\w-]+:kms:([\w-]+):/.exec(String(encryptionKey)) ?? [];
  if (ofKey !== undefined && ofKey !== region) {
    const reason = `is of ${ofKey}, but the cluster is in ${region}: name a key of ${region}`;
    yield { path: ["cluster", "eks", "encryptionKey"], reason };
  }
  yield* certificateRegions(nlb, region);
}

/** A load balancer would wait for such a certificate for ever. */
function* certificateRegions({ certificates }: Untrusted, region: string): Iterable<Finding> {
  for (const [index, certificate] of listOf(certificates).entries()) {
    const [, service, own] = /^arn:[\w-]+:(\w+):([\w-]+):/.exec(String(certificate)) ?? [];
    if (service !== "acm" || own === region) continue;
    const reason = `is of ${own ?? ""}, but the cluster is in ${region}, and so is its load balancer: name one of ${region}, where ACM makes or imports it`;
    yield { path: ["istio", "ingressGateway", "nlb", "certificates", index], reason };
  }
}
