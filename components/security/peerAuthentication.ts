import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../application/meshNamespace.ts";
import { checkArguments } from "../checkArguments.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { Mesh } from "../mesh.ts";
import { objectName } from "../traffic/objectName.ts";
import { istioObject } from "../traffic/objects.ts";
import {
  peerAuthenticationRules,
  peerAuthenticationSpec,
  type PeerAuthenticationOptions,
} from "./peerAuthenticationOptions.ts";

export interface PeerAuthenticationArgs extends PeerAuthenticationOptions {
  /**
   * Namespace of the pods.
   * @default - the whole mesh
   */
  readonly namespace?: MeshNamespace;

  readonly mesh: Mesh;
}

/**
 * Whether pods of the mesh, of a namespace or of a workload take plain text. The narrowest that fits a pod decides.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class PeerAuthentication extends pulumi.ComponentResource {
  constructor(name: string, args: PeerAuthenticationArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:security:PeerAuthentication", name, {}, options);
    const { namespace, mesh, ...rules } = args;
    checkArguments(`the peer authentication ${name}`, peerAuthenticationRules, rules);

    istioObject(
      "PeerAuthentication",
      {
        name: objectName(name),
        namespace: namespace?.name ?? ISTIO_NAMESPACE,
        spec: peerAuthenticationSpec(rules),
      },
      { parent: this, dependsOn: [...(namespace ? [namespace] : []), mesh.controlPlane] },
    );

    this.registerOutputs();
  }
}
