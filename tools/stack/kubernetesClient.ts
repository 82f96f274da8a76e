import { createRequire } from "node:module";
import type * as Client from "@kubernetes/client-node" with { "resolution-mode": "import" };

/** The client of Kubernetes' API. It takes a second and a half to load, which a command that only refuses should not take. */
export const kubernetesClient = (): typeof Client =>
  createRequire(import.meta.url)("@kubernetes/client-node") as typeof Client;
