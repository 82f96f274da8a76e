// Stack files that together say all that can be said of a cluster on EKS: those of the stacks and of docs/eks.md, and these,
// which are made of the one that uses every setting there is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { mapOf } from "../../lib/untrusted.ts";
import { everything } from "../settings/everything.ts";
import { inStackFile } from "../settings/stackFile.ts";
import { stackFile } from "../stacks/program.ts";
import type { Config } from "../wholeProgram.ts";
import { yamlExamples } from "../yamlExamples.ts";

const without = (map: object, ...keys: readonly string[]) =>
  Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));

const { eks } = everything.cluster;
const { vpcId, privateSubnetIds, ...network } = eks.network;
const { nodeConfig, settings, ...nodes } = eks.nodes.default;
const { "aws-efs-csi-driver": efs, ...addons } = eks.addons;
const { "efs-csi-controller-sa": identity } = efs.podIdentity;
const { ci } = eks.access;

const withIdentity = (identities: object) => ({
  ...addons,
  "aws-efs-csi-driver": { ...efs, podIdentity: { "efs-csi-controller-sa": identities } },
});
const charts = { repository: eks.autoscaler.charts.repository };
const system = { instanceTypes: ["m7g.large"], min: 2, max: 3 };
const access = {
  admin: { principal: ci.principal, level: "cluster-admin" },
  shop: { ...ci, principal: "arn:aws:iam::111122223333:role/shop", level: "edit" },
};
const whole = {
  ...eks,
  addons: withIdentity({ policies: identity.policies }),
  network: without(network, "podCidr"),
  access,
  autoscaler: { ...eks.autoscaler, charts },
  nodes: { system, batch: { ...nodes, settings } },
  loadBalancerController: { ...eks.loadBalancerController, charts },
};
/** What AWS brings in Auto Mode. */
const BROUGHT = ["nodes", "nodePolicies", "autoscaler", "loadBalancerController"];

/** Clusters of all sorts, by what is special about each. */
export const clusters = {
  "a network of its own, Bottlerocket and Karpenter": whole,
  "a network that is there, Amazon Linux and the Cluster Autoscaler": {
    ...whole,
    network: { vpcId, privateSubnetIds },
    addons: withIdentity({ role: identity.role }),
    nodes: { system, batch: { ...nodes, nodeConfig, os: "al2023" } },
    autoscaler: "cluster-autoscaler",
  },
  "a range of pods' own": { ...whole, network: without(network, "ipFamily") },
  "Auto Mode": {
    ...without(whole, ...BROUGHT),
    addons: { "metrics-server": addons["metrics-server"] },
    autoMode: true,
  },
};

/** The stack file of a cluster, with tags for everything. */
export const fileOf = (cluster: object, tags: Readonly<Record<string, string>> = { team: "mesh" }): Config => ({
  "aws:region": "eu-west-1",
  "aws:defaultTags": { tags },
  ...inStackFile({ profile: everything.profile, cluster: JSON.parse(JSON.stringify({ eks: cluster })) as object }),
});

/** By what each shows. */
export function stackFiles(): Readonly<Record<string, Config>> {
  const docs = yamlExamples(readFileSync(join(import.meta.dirname, "../../docs/eks.md"), "utf8"))
    .map((example) => (load(example) as { readonly config: Config }).config)
    .filter((config) => "eks" in mapOf(config["mesh:cluster"]))
    .map((config, index) => [`docs/eks.md, example ${index + 1} of a cluster`, config] as const);
  const own = Object.entries(clusters).map(([title, cluster]) => [title, fileOf(cluster)] as const);
  const stacks = ["dev", "staging", "prod"].map((stack) => [`the stack ${stack}`, stackFile(stack)] as const);
  return Object.fromEntries([...stacks, ...docs, ...own]);
}
