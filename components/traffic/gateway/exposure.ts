import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../../application/meshNamespace.ts";
import type { ApplicationData } from "../../application/service.ts";
import type { GatewayWorkload } from "../../istio/istio.ts";
import type { Mesh } from "../../mesh.ts";
import { istioObject } from "../objects.ts";
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

    istioObject(
      "Gateway",
      { name: gateway, namespace: namespace.name, spec: gatewaySpec(mesh.ingressGateway.selector, hosts, tls) },
      inMesh,
    );
    istioObject(
      "VirtualService",
      {
        name,
        namespace: namespace.name,
        resource: `${name}-routes`,
        spec: virtualServiceSpec(gateway, hosts, paths, service),
      },
      inMesh,
    );

    this.registerOutputs({ hosts });
  }
}
