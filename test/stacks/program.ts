import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { parse } from "yaml";
import type * as program from "../../index";
import { awsOutputs } from "../components/cluster/eks/aws";
import { record, type Recorded, type RecordOptions } from "../recorder";

/** Every type that the stacks on EKS have. */
const KNOWN = new RegExp(
  "^(mesh:(cluster:\\w+|istio:Istio|application:(MeshNamespace|Application)|(traffic|security|telemetry|observability):\\w+)" +
    "|pulumi:(providers:kubernetes|pulumi:StackReference)|eks:index:Cluster|aws:(ec2|iam|kms|eks|cloudwatch)/\\w+:\\w+" +
    "|kubernetes:(helm\\.sh/v3:Release|storage\\.k8s\\.io/v1:StorageClass|core/v1:(Namespace|Service|ServiceAccount|Secret|ConfigMap)" +
    "|apps/v1:Deployment|policy/v1:PodDisruptionBudget|(networking|security|telemetry)\\.istio\\.io/v1:\\w+))$",
);

export type Config = Record<string, unknown>;

/** The configuration in the file of a stack. */
export function stackFile(stack: string): Config {
  return (parse(readFileSync(join(__dirname, `../../Pulumi.${stack}.yaml`), "utf8")) as { config: Config }).config;
}

/** What `make` adds to the file of a stack that has Grafana and Kiali: secrets that nobody has to think up. */
const GENERATED = { grafana: { password: "of-the-test-alone" }, kiali: { signingKey: "0123456789abcdef" } };

/** Runs the whole program with a configuration. */
export async function runStack(file: Config, options: RecordOptions = {}) {
  const config = file["mesh:profile"] === "demo" ? { "mesh:observability": GENERATED, ...file } : file;
  vi.resetModules();
  let outputs: Pick<typeof program, "kubeconfig" | "ingress" | "bookinfo"> | undefined;
  const resources: Recorded[] = await record(
    async () => {
      // Importing the program runs it.
      outputs = await vi.importActual<typeof program>("../../index");
    },
    KNOWN,
    {
      outputs: awsOutputs,
      secretKeys: ["mesh:observability"],
      ...options,
      config: Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
      ),
    },
  );
  return { resources, outputs };
}
