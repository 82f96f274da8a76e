import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../../application/meshNamespace.ts";
import type { ApplicationData } from "../../application/service.ts";
import type { GatewayWorkload } from "../../istio/istio.ts";
import type { Mesh } from "../../mesh.ts";
import { owned } from "../../ownership.ts";
import { gatewaySpec, virtualServiceSpec } from "./exposureSpecs.ts";

export interface ExposureArgs extends NonNullable<ApplicationData["exposure"]> {
  /** Namespace of the service. */
  readonly namespace: MeshNamespace;

  /** The mesh, whose control plane validates the objects, and its gateway for traffic from outside. */
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
}

/** Exposes a service at the ingress gateway, on port 80 or 443: a Gateway and the VirtualService that is bound to it. */
export class Exposure extends pulumi.ComponentResource {
  constructor(name: string, args: ExposureArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:Exposure", name, {}, options);
    const { namespace, service, hosts, paths = [], tls, mesh } = args;
    const gateway = `${name}-gateway`;
    const inMesh = { parent: this, dependsOn: [namespace, mesh.controlPlane] };

    new k8s.apiextensions.CustomResource(
      gateway,
      {
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name: gateway, namespace: namespace.name, annotations: owned },
        spec: gatewaySpec(mesh.ingressGateway.selector, hosts, tls),
      },
      inMesh,
    );
    new k8s.apiextensions.CustomResource(
      `${name}-routes`,
      {
        apiVersion: "networking.istio.io/v1",
        kind: "VirtualService",
        metadata: { name, namespace: namespace.name, annotations: owned },
        spec: virtualServiceSpec(gateway, hosts, paths, service),
      },
      inMesh,
    );

    this.registerOutputs({ hosts });
  }
}
