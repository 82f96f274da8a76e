import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { owned } from "../ownership.ts";

export interface MeshNamespaceArgs {
  /**
   * Revision or tag of the control plane that injects the sidecars.
   * @default - the default revision
   * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#automatic-sidecar-injection
   */
  readonly revision?: string | undefined;
}

/**
 * Label of a namespace whose pods are injected, by the revision or the default one. Istio ignores the revision where both
 * labels stand.
 */
export const injectionLabel = (revision?: string): Record<string, string> =>
  revision === undefined ? { "istio-injection": "enabled" } : { "istio.io/rev": revision };

/** A namespace whose pods get a sidecar. */
export class MeshNamespace extends pulumi.ComponentResource {
  /** Name of the namespace. */
  readonly name: string;

  constructor(name: string, args: MeshNamespaceArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("mesh:application:MeshNamespace", name, {}, options);
    this.name = name;

    new k8s.core.v1.Namespace(
      name,
      {
        metadata: {
          name,
          labels: {
            ...injectionLabel(args.revision),
            // The injected init container sets up the pod's network and needs more, so the level can warn, not enforce.
            "pod-security.kubernetes.io/warn": "restricted",
          },
          annotations: owned,
        },
      },
      { parent: this },
    );

    this.registerOutputs({ name });
  }
}
