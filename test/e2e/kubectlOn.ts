import { run } from "../../lib/run.ts";
import { kubectlArgs } from "../../testbed/kubectlArgs.ts";

/** Runs kubectl on the cluster of a kubeconfig, which has to end well; returns what it printed. */
export const kubectlOn = (kubeconfig: string, ...args: string[]): Promise<string> =>
  run("kubectl", kubectlArgs(kubeconfig, ...args));
