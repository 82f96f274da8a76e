import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../../application/meshNamespace.ts";
import { checkArguments } from "../../checkArguments.ts";
import type { GatewayWorkload } from "../../istio/istio.ts";
import type { Mesh } from "../../mesh.ts";
import { gatewayName, gatewayRules, gatewayServersSpec, type GatewayOptions } from "./gatewayOptions.ts";
import { istioObject } from "../objects.ts";

export interface GatewayArgs extends GatewayOptions {
  /** Namespace of the services behind it. */
  readonly namespace: MeshNamespace;

  /** The mesh, whose ingress gateway serves the hosts. */
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
}

/**
 * Opens the ingress gateway for hosts: on port 80, or on port 443 with a redirect from port 80. Routes that name it
 * among their `gateways` say where the requests go; a `ServiceRouting` that names `mesh` beside it holds the same
 * weights from inside and from outside.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 */
export class Gateway extends pulumi.ComponentResource {
  /** Name for the `gateways` of routes in the same namespace. */
  readonly name: string;

  constructor(name: string, args: GatewayArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:Gateway", name, {}, options);
    const { namespace, mesh, ...rules } = args;
    checkArguments(`the gateway of ${name}`, gatewayRules, rules);
    this.name = gatewayName(name);

    istioObject(
      "Gateway",
      { name: this.name, namespace: namespace.name, spec: gatewayServersSpec(mesh.ingressGateway.selector, rules) },
      { parent: this, dependsOn: [namespace, mesh.controlPlane] },
    );

    this.registerOutputs({ name: this.name });
  }
}
