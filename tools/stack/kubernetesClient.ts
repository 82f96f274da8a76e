import type * as Client from "@kubernetes/client-node" with { "resolution-mode": "import" };

/** The client of Kubernetes' API. It takes a second and a half to load, which a command that only refuses should not take. */
export function kubernetesClient(): typeof Client {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("@kubernetes/client-node") as typeof Client;
}
