import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../../application/meshNamespace.ts";
import { checkArguments } from "../../checkArguments.ts";
import type { Mesh } from "../../mesh.ts";
import { owned } from "../../ownership.ts";
import { ingressAnnotations, ingressRules, ingressSpec, type IngressOptions } from "./ingressOptions.ts";
import { objectName } from "../objectName.ts";

export interface IngressArgs extends IngressOptions {
  /** The service as it is called in its namespace. */
  readonly service: string;
  readonly namespace: MeshNamespace;
  /** The mesh, whose control plane serves the class `istio`. */
  readonly mesh: Mesh;
}

/**
 * A plain Kubernetes Ingress, for those who have such objects already: it knows hosts and paths, but neither weights
 * nor faults. Routes of the service hold for its requests all the same, where Istio's gateway serves it.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/kubernetes-ingress/
 */
export class KubernetesIngress extends pulumi.ComponentResource {
  constructor(name: string, args: IngressArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:KubernetesIngress", name, {}, options);
    const { service, namespace, mesh, ...rules } = args;
    checkArguments(`the ingress of ${name}`, ingressRules, rules);

    const object = `${objectName(name)}-ingress`;
    new k8s.networking.v1.Ingress(
      object,
      {
        metadata: {
          name: object,
          namespace: namespace.name,
          annotations: { ...owned, ...ingressAnnotations(rules) },
        },
        spec: ingressSpec(service, rules),
      },
      { parent: this, dependsOn: [namespace, mesh.controlPlane] },
    );

    this.registerOutputs({ hosts: rules.hosts });
  }
}
