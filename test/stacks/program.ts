import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { standInCaller } from "../../tools/stack/standInCaller.ts";
import { awsCalls, awsOutputs, session } from "../components/cluster/eks/aws.ts";
import type { RecordOptions } from "../recorder.ts";
import { generated, runProgram, type Config } from "../wholeProgram.ts";

/** Every type that the stacks on EKS have. */
const KNOWN = new RegExp(
  "^(mesh:(cluster:\\w+|istio:Istio|application:(MeshNamespace|Application)|(traffic|security|telemetry|observability):\\w+)" +
    "|pulumi:(providers:kubernetes|pulumi:StackReference)|eks:index:Cluster|aws:(ec2|iam|kms|eks|cloudwatch|sqs)/\\w+:\\w+" +
    "|kubernetes:(karpenter\\.sh/v1:NodePool|karpenter\\.k8s\\.aws/v1:EC2NodeClass|helm\\.sh/v3:Release|storage\\.k8s\\.io/v1:StorageClass|core/v1:(Namespace|Service|ServiceAccount|Secret|ConfigMap)" +
    "|apps/v1:Deployment|policy/v1:PodDisruptionBudget|networking\\.k8s\\.io/v1:NetworkPolicy|(networking|security|telemetry)\\.istio\\.io/v1(alpha3)?:\\w+))$",
);

/** The configuration in the file of a stack. */
export function stackFile(stack: string): Config {
  return (load(readFileSync(join(import.meta.dirname, `../../Pulumi.${stack}.yaml`), "utf8")) as { config: Config })
    .config;
}

/** Runs the whole program with a configuration. */
export function runStack(file: Config, options: RecordOptions = {}) {
  const hasTools = file["mesh:profile"] === "demo" && file["mesh:scope"] !== "cluster";
  const config = hasTools ? { "mesh:observability": generated, ...file } : file;
  return runProgram(config, KNOWN, { outputs: awsOutputs, calls: awsCalls(adminOf(file)), ...options });
}

/** A session of the first role that a stack lets into its cluster as admin. */
export function adminOf(file: Config): string {
  const [, account = "", role = ""] = /::(\d+):role\/(.*)$/.exec(Object.values(standInCaller(file, ""))[0] ?? "") ?? [];
  return session(account, role);
}
