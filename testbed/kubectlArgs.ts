import { dirname, join } from "node:path";

/**
 * The arguments of a call of kubectl. What it learns of the API it keeps beside the kubeconfig: in the user's home that
 * would outlive the testbed.
 */
export const kubectlArgs = (kubeconfig: string, ...args: string[]): string[] => [
  ...["--kubeconfig", kubeconfig, "--cache-dir", join(dirname(kubeconfig), "discovery")],
  ...args,
];
