import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../application/meshNamespace.ts";
import { checkArguments } from "../checkArguments.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { Mesh } from "../mesh.ts";
import { objectName } from "../traffic/objectName.ts";
import { istioObject } from "../traffic/objects.ts";
import {
  requestAuthenticationRules,
  requestAuthenticationSpec,
  type RequestAuthenticationOptions,
} from "./requestAuthenticationOptions.ts";

export interface RequestAuthenticationArgs extends RequestAuthenticationOptions {
  /**
   * Namespace of the pods.
   * @default - istio-system: pods of the whole mesh
   */
  readonly namespace?: MeshNamespace;

  readonly mesh: Mesh;
}

/**
 * Which tokens count at pods of the mesh, of a namespace or of a workload. It asks nobody for a token: an
 * `AuthorizationPolicy` does.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/
 */
export class RequestAuthentication extends pulumi.ComponentResource {
  constructor(name: string, args: RequestAuthenticationArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:security:RequestAuthentication", name, {}, options);
    const { namespace, mesh, ...rules } = args;
    checkArguments(`the request authentication ${name}`, requestAuthenticationRules, rules);

    istioObject(
      "RequestAuthentication",
      {
        name: objectName(name),
        namespace: namespace?.name ?? ISTIO_NAMESPACE,
        spec: requestAuthenticationSpec(rules),
      },
      { parent: this, dependsOn: [...(namespace ? [namespace] : []), mesh.controlPlane] },
    );

    this.registerOutputs();
  }
}
