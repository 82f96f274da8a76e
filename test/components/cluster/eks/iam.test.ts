import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { EksCluster, type EksClusterArgs } from "../../../../components/cluster/eks/eksCluster.ts";
import { record, the, type Recorded } from "../../../recorder.ts";
import { awsCalls, awsOutputs, CLUSTER_TYPES } from "./aws.ts";
import { insideCluster } from "./insideCluster.ts";

const iam = { path: "/platform/", permissionsBoundary: "arn:aws:iam::111122223333:policy/platform-boundary" };
const nodes = { default: { instanceTypes: ["m7g.large"], min: 2, max: 4 } };

/** All that a cluster has in IAM, with what the EKS plugin makes. */
async function inIam(args: Partial<EksClusterArgs> = {}): Promise<Recorded[]> {
  const basic: EksClusterArgs = {
    ...{ cluster: "mesh-test", region: "eu-west-1", profile: "production", network: { flowLogs: true } },
    access: { ci: { principal: "arn:aws:iam::111122223333:role/ci", level: "cluster-admin" } },
    nodes,
  };
  const options = { outputs: awsOutputs, calls: awsCalls() };
  const own = await record(() => new EksCluster("cluster", { ...basic, ...args }), CLUSTER_TYPES, options);
  const all = [...own, ...(await insideCluster(the(own, "eks:index:Cluster", "cluster-control")))];
  return all.filter(({ type }) => type.startsWith("aws:iam/"));
}

const sdk = dirname(fileURLToPath(import.meta.resolve("@pulumi/aws/package.json")));

/** Which of these inputs a type has, as the AWS SDK says. */
function inputsOf(type: string, inputs: readonly string[]): string[] {
  const [, module = ""] = type.split(":");
  const [, args = ""] = readFileSync(join(sdk, `${module}.d.ts`), "utf8").split(/interface \w+Args \{/);
  return inputs.filter((input) => new RegExp(`^ {4}${input}\\?: `, "m").test(args));
}

describe.each<[what: string, args: Partial<EksClusterArgs>, roles: number]>([
  ["nodes of its own", { nodes }, 6],
  ["Auto Mode", { nodes: "auto-mode" }, 3],
])("a cluster with %s", (_what, args, roles) => {
  it("gives every role and policy the path and the boundary that it is told to", async () => {
    const resources = await inIam({ ...args, iam });
    expect(resources.filter(({ type }) => type === "aws:iam/role:Role")).toHaveLength(roles);
    for (const { type, name, inputs } of resources) {
      const wanted = inputsOf(type, Object.keys(iam)).map((input) => [input, iam[input as keyof typeof iam]]);
      expect(inputs, `${type} ${name}`).toMatchObject(Object.fromEntries(wanted));
    }
    expect(inputsOf("aws:iam/role:Role", Object.keys(iam))).toEqual(Object.keys(iam));
  });

  it("gives neither where nothing is said, and one alone", async () => {
    for (const { inputs } of await inIam(args)) {
      for (const input of Object.keys(iam)) expect(inputs).not.toHaveProperty(input);
    }
    for (const { inputs } of await inIam({ ...args, iam: { path: "/" } })) {
      expect(inputs).not.toHaveProperty("permissionsBoundary");
    }
  });
});
