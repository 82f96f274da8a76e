import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { checkArguments } from "../../checkArguments.ts";
import type { GatewayWorkload } from "../../istio/istio.ts";
import type { Mesh } from "../../mesh.ts";
import { owned } from "../../ownership.ts";
import { objectName } from "../objectName.ts";
import { openShiftRouteRules, openShiftRouteSpec, type OpenShiftRouteOptions } from "./openShiftRouteOptions.ts";

export interface OpenShiftRouteArgs extends OpenShiftRouteOptions {
  /** The mesh, whose ingress gateway is behind the router. */
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
}

/**
 * Leads from OpenShift's router to the ingress gateway: a Route for each host, in the gateway's namespace.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @see https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/network_apis/route-route-openshift-io-v1
 */
export class OpenShiftRoute extends pulumi.ComponentResource {
  constructor(name: string, args: OpenShiftRouteArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:OpenShiftRoute", name, {}, options);
    const { mesh, ...rules } = args;
    checkArguments(`the OpenShift route of ${name}`, openShiftRouteRules, rules);

    for (const host of rules.hosts) {
      const object = `${objectName(name)}-${host}`;
      new k8s.apiextensions.CustomResource(
        object,
        {
          apiVersion: "route.openshift.io/v1",
          kind: "Route",
          metadata: { name: object, namespace: mesh.ingressGateway.namespace, annotations: owned },
          spec: openShiftRouteSpec(mesh.ingressGateway.service, host, rules),
        },
        { parent: this, dependsOn: mesh.controlPlane },
      );
    }

    this.registerOutputs({ hosts: rules.hosts });
  }
}
