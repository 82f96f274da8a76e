// All that the program gives to AWS, held to AWS's own models of its services: types, words, patterns, lengths, bounds, what is
// required and what is unknown. Nobody here has written them; they are those that AWS's library for Python carries.
import { beforeAll, describe, expect, it } from "vitest";
import { TYPES } from "../../testbed/pulumi/aws/types/index.ts";
import { FUNCTION_CALLS, TYPE_CALLS } from "../../tools/deployer/calls.ts";
import { pathText } from "../../lib/schema/problems.ts";
import { session } from "../components/cluster/eks/aws.ts";
import { everything, leavesOf } from "../settings/everything.ts";
import { Botocore } from "./botocore.ts";
import { givenBy } from "./given.ts";
import { judged } from "./judge.ts";
import type { Given } from "./requests.ts";
import { clusters, fileOf, stackFiles } from "./stackFiles.ts";
import { TRANSLATIONS } from "./translations.ts";

/** Another run, of a cluster that is there. */
const AGAIN = "a cluster that is there already";
const principal = "arn:aws:iam::111122223333:role/ci";
const again = {
  access: { ci: { principal, level: "cluster-admin" } },
  nodes: { default: { instanceTypes: ["m7g.large"], min: 2, max: 3 } },
};
const inAws = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    arn: session("111122223333", "ci"),
    accountId: "111122223333",
  }),
  "aws:ec2/getSubnets:getSubnets": () => ({ ids: ["subnet-0a1b2c3d4e5f67890"] }),
  "aws:ec2/getSubnet:getSubnet": () => ({ cidrBlock: "10.0.0.0/18", availableIpAddressCount: 16379 }),
  "aws:eks/getClusters:getClusters": () => ({ names: ["mesh-test"] }),
  "aws:eks/getCluster:getCluster": () => ({ tags: {}, roleArn: "arn:aws:iam::111122223333:role/cluster" }),
  "aws:eks/getNodeGroups:getNodeGroups": () => ({ names: ["cluster-nodes-default-1a2b3c4"] }),
  "aws:eks/getNodeGroup:getNodeGroup": () => ({ tags: {}, scalingConfigs: [] }),
};

/** Only asked for the message to somebody who does not come in. */
const OF_STRANGERS = "aws:iam/getRole:getRole";

const files = stackFiles();
const titles = [...Object.keys(files), AGAIN];
const givenOf = new Map<string, readonly Given[]>();
const findings = new Map<Given, readonly string[]>();

beforeAll(async () => {
  const botocore = await Botocore.installed();
  for (const [title, file] of Object.entries(files)) givenOf.set(title, await givenBy(file));
  givenOf.set(AGAIN, await givenBy(fileOf(again), inAws));
  const all = [...givenOf.values()].flat();
  for (const [index, found] of (await judged(all, botocore)).entries()) {
    const given = all[index];
    if (given) findings.set(given, found);
  }
}, 300_000);

describe("AWS's models take all that is given to AWS by", () => {
  it.each(titles)("%s", (title) => {
    const given = givenOf.get(title) ?? [];
    expect(given.length).toBeGreaterThan(20);
    expect(given.flatMap((each) => findings.get(each) ?? ["was not judged"])).toEqual([]);
  });
});

describe("nothing is left out:", () => {
  it("the files use every setting of a cluster", () => {
    // What is for helm is none of AWS's business.
    const keys = (cluster: unknown) =>
      leavesOf(cluster).map((path) => pathText(path.filter((key) => typeof key === "string")));
    const used = new Set(
      Object.values(clusters).flatMap((cluster) =>
        keys(cluster).map((key) => key.replace("nodes.batch", "nodes.default")),
      ),
    );
    const wanted = keys(everything.cluster.eks).filter((key) => !key.includes(".charts."));
    expect(wanted.filter((key) => !used.has(key.replace("access.ci", "access.shop")) && !used.has(key))).toEqual([]);
  });

  it("every type that the program makes is among them, and everything that it asks", () => {
    const given = new Set([...givenOf.values()].flat().map(({ type }) => type));
    const asks = Object.keys(FUNCTION_CALLS).filter((token) => FUNCTION_CALLS[token]?.length !== 0);
    const known = [...Object.keys(TYPE_CALLS), ...asks.filter((token) => token !== OF_STRANGERS)];
    expect([...given].sort()).toEqual(known.sort());
    expect(Object.keys(TRANSLATIONS).sort()).toEqual(known);
    expect(Object.keys(TYPE_CALLS).filter((type) => TYPES[type] === undefined)).toEqual([]);
  });
});
