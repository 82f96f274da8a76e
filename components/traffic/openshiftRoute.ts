import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as field from "../../lib/schema/fields";
import { checkArguments } from "../arguments";
import type { GatewayWorkload } from "../istio/istio";
import type { Mesh } from "../mesh";
import { owned } from "../ownership";
import { objectName } from "./objects";

/** How OpenShift's router leads to the mesh, as plain data. */
export interface OpenShiftRouteRules {
  /** Hosts by whose names requests come; a Gateway has to serve them too. */
  readonly hosts: readonly string[];

  /**
   * `edge` ends TLS at the router, with its own certificate, and answers plain HTTP with a redirect; `passthrough`
   * leaves it to the gateway, on its port `https`.
   * @default - plain HTTP
   */
  readonly termination?: "edge" | "passthrough";
}

export interface OpenShiftRouteArgs extends OpenShiftRouteRules {
  /** The mesh, whose ingress gateway is behind the router. */
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
}

/** Schema of `OpenShiftRouteRules`. */
export const openShiftRouteRules = field.section({
  hosts: field.hosts,
  termination: field.oneOf(["edge", "passthrough"]).exactOptional(),
});

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

/** The `spec` of a Route. */
export function openShiftRouteSpec(service: string, host: string, { termination }: OpenShiftRouteRules) {
  return {
    host,
    to: { kind: "Service", name: service, weight: 100 },
    // Names of ports of the gateway's Service.
    port: { targetPort: termination === "passthrough" ? "https" : "http2" },
    ...(termination && { tls: { termination, insecureEdgeTerminationPolicy: "Redirect" } }),
    wildcardPolicy: "None",
  };
}
