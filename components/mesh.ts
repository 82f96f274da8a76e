import type * as pulumi from "@pulumi/pulumi";

/** An installed mesh, as the things inside it see it. */
export interface Mesh {
  /**
   * Ready once it injects sidecars and validates Istio's objects: a pod that is created earlier has no sidecar, an
   * Istio object that is created earlier is refused.
   */
  readonly controlPlane: pulumi.Resource;

  /** Version of the sidecars that it injects. */
  readonly proxyVersion: string;
}
