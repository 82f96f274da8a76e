import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { kubeconfigOf, mergeKubeconfigs, withAbsolutePaths, type Kubeconfig } from "./kubeconfig";

export interface ExistingClusterArgs {
  /**
   * Path of the kubeconfig; `~` is the home folder.
   * @default - the files that $KUBECONFIG names, else `~/.kube/config`
   */
  readonly kubeconfig?: string;

  /** @default - the current context of the kubeconfig */
  readonly context?: string;
}

/**
 * A cluster that is there already: kind, k3d, minikube or any other.
 *
 * @throws pulumi.RunError that names the file and, where one is missing, the contexts in it
 */
export class ExistingCluster extends pulumi.ComponentResource {
  /** For all that is to run in the cluster. */
  readonly provider: k8s.Provider;

  constructor(name: string, args: ExistingClusterArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:ExistingCluster", name, {}, options);
    this.provider = new k8s.Provider(name, { kubeconfig: pulumi.secret(readKubeconfig(args)) }, { parent: this });
    this.registerOutputs({});
  }
}

function readKubeconfig({ kubeconfig, context }: ExistingClusterArgs): string {
  const files = kubeconfigFiles(kubeconfig);
  const present = files.filter((file) => fs.existsSync(file));
  const source = `the kubeconfig ${files.join(path.delimiter)}`;
  if (present.length === 0) {
    throw new pulumi.RunError(
      `${source} does not exist; name another one in mesh:cluster.kubeconfig, or make a cluster: kind create cluster`,
    );
  }
  try {
    return JSON.stringify(kubeconfigOf(mergeKubeconfigs(present.map(readFile)), context, source));
  } catch (error) {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}

function kubeconfigFiles(configured: string | undefined): string[] {
  if (configured !== undefined) return [configured.replace(/^~(?=$|\/)/, os.homedir())];
  const fromEnvironment = (process.env.KUBECONFIG ?? "").split(path.delimiter).filter((file) => file !== "");
  return fromEnvironment.length > 0 ? fromEnvironment : [path.join(os.homedir(), ".kube", "config")];
}

function readFile(file: string): Kubeconfig {
  let content: unknown;
  try {
    content = parse(fs.readFileSync(file, "utf8"));
  } catch {
    // The parser's own words quote the file, and with it its credentials.
    throw new Error(`the kubeconfig ${file} cannot be read as YAML`);
  }
  if (typeof content !== "object" || content === null) {
    throw new Error(`the kubeconfig ${file} is empty`);
  }
  return withAbsolutePaths(content, path.dirname(path.resolve(file)));
}
