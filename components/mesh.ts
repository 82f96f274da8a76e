import type * as pulumi from "@pulumi/pulumi";

/** An installed mesh, as the things inside it see it. */
export interface Mesh {
  /**
   * Ready once it injects sidecars and validates Istio's objects: a pod that is created earlier has no sidecar, an
   * Istio object that is created earlier is refused.
   */
  readonly controlPlane: pulumi.Resource;

  /** @default - requests do not leave the mesh by one */
  readonly egressGateway?: EgressGateway;

  /** Version of the sidecars that it injects. */
  readonly proxyVersion: string;

  /**
   * Annotations by which pods are rolled when another authority signs their certificates.
   * @default - none
   */
  readonly signedBy?: Readonly<Record<string, string>>;
}

/** What leads requests out of the mesh. */
export interface EgressGateway {
  /** Ready once requests can leave by it; routes that lead there come after it. */
  readonly ready: pulumi.Resource;

  /** Where its pods are: more than one while it moves. */
  readonly namespaces: readonly string[];
}
