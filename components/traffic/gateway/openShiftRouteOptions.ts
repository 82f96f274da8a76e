import * as field from "../../../lib/schema/fields.ts";

/** How OpenShift's router leads to the mesh, as plain data. */
export interface OpenShiftRouteOptions {
  /** Hosts by whose names requests come; a Gateway has to serve them too. */
  readonly hosts: readonly string[];

  /**
   * `edge` ends TLS at the router, with its own certificate, and answers plain HTTP with a redirect; `passthrough`
   * leaves it to the gateway, on its port `https`.
   * @default - plain HTTP
   */
  readonly termination?: "edge" | "passthrough";
}

/** Schema of `OpenShiftRouteOptions`. */
export const openShiftRouteRules = field.section({
  hosts: field.hosts,
  termination: field.oneOf(["edge", "passthrough"]).exactOptional(),
});

/** The `spec` of a Route. */
export function openShiftRouteSpec(service: string, host: string, { termination }: OpenShiftRouteOptions) {
  return {
    host,
    to: { kind: "Service", name: service, weight: 100 },
    // Names of ports of the gateway's Service.
    port: { targetPort: termination === "passthrough" ? "https" : "http2" },
    ...(termination && { tls: { termination, insecureEdgeTerminationPolicy: "Redirect" } }),
    wildcardPolicy: "None",
  };
}
