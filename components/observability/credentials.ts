import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { owned } from "../ownership.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { Mesh } from "../mesh.ts";

/**
 * A Secret for a tool. Another content makes another Secret, of another name: the pods that name it are replaced, so
 * that a new password holds at once, and no value of a chart ever says anything of the content.
 *
 * @returns its name
 */
export function credentials(
  parent: pulumi.Resource,
  name: string,
  content: Readonly<Record<string, pulumi.Input<string>>>,
  mesh: Mesh,
): pulumi.Output<string> {
  const secret = new k8s.core.v1.Secret(
    name,
    {
      metadata: { namespace: ISTIO_NAMESPACE, annotations: owned },
      immutable: true,
      stringData: Object.fromEntries(Object.entries(content).map(([key, value]) => [key, pulumi.secret(value)])),
    },
    { parent, dependsOn: mesh.controlPlane, replaceOnChanges: ["stringData", "data"] },
  );
  return secret.metadata.name;
}
