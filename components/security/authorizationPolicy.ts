import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../application/meshNamespace.ts";
import { checkArguments } from "../checkArguments.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { Mesh } from "../mesh.ts";
import { istioObject } from "../traffic/objects.ts";
import { objectName } from "../traffic/objectName.ts";
import {
  authorizationPolicyAnnotations,
  authorizationPolicyRules,
  authorizationPolicySpec,
  type AuthorizationPolicyOptions,
} from "./authorizationPolicyOptions.ts";

export interface AuthorizationPolicyArgs extends AuthorizationPolicyOptions {
  /**
   * Namespace of the pods.
   * @default - istio-system: pods of the whole mesh
   */
  readonly namespace?: MeshNamespace;

  readonly mesh: Mesh;
}

/**
 * Who may call pods of the mesh, of a namespace or of a workload, and who may not.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AuthorizationPolicy extends pulumi.ComponentResource {
  constructor(name: string, args: AuthorizationPolicyArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:security:AuthorizationPolicy", name, {}, options);
    const { namespace, mesh, ...rules } = args;
    checkArguments(`the authorization policy ${name}`, authorizationPolicyRules, rules);

    istioObject(
      "AuthorizationPolicy",
      {
        name: objectName(name),
        namespace: namespace?.name ?? ISTIO_NAMESPACE,
        spec: authorizationPolicySpec(rules),
        annotations: authorizationPolicyAnnotations(rules),
      },
      { parent: this, dependsOn: [...(namespace ? [namespace] : []), mesh.controlPlane] },
    );

    this.registerOutputs();
  }
}
