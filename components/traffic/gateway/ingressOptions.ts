import * as field from "../../../lib/schema/fields.ts";
import type { PathMatch } from "./exposureSpecs.ts";
import { pathMatches } from "../routing/paths.ts";

/** How a service is open to the outside by a plain Kubernetes Ingress, as plain data. */
export interface IngressOptions {
  /** Hosts by whose names requests come. */
  readonly hosts: readonly string[];

  /** Port of the service. */
  readonly port: number;

  /** @default - all paths */
  readonly paths?: readonly PathMatch[];

  /**
   * Who serves it. `istio` is Istio's ingress gateway; behind another controller, requests come into the mesh from
   * outside of it, in plain text.
   * @default "istio"
   */
  readonly className?: string;

  /**
   * Secret with the certificate; for the class `istio` in the namespace of the gateway's pods.
   * @default - none: plain HTTP
   */
  readonly secretName?: string;

  /**
   * Further annotations, by which controllers are configured.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Schema of `IngressOptions`. */
export const ingressRules = field.section({
  hosts: field.hosts,
  port: field.port,
  paths: pathMatches.exactOptional(),
  className: field.dnsLabel.exactOptional(),
  secretName: field.dnsLabel.exactOptional(),
  annotations: field.annotations.exactOptional(),
});

const ISTIO = "istio";

/** Annotations that choose the controller and keep Pulumi from waiting for an address that may never come. */
export function ingressAnnotations({ className = ISTIO, annotations }: IngressOptions): Record<string, string> {
  return {
    // Istio serves this annotation without an IngressClass, of which there is one for the whole cluster.
    ...(className === ISTIO && { "kubernetes.io/ingress.class": ISTIO }),
    "pulumi.com/skipAwait": "true",
    ...annotations,
  };
}

/** The `spec` of an Ingress. */
export function ingressSpec(
  service: string,
  { hosts, port, paths: matches = [{ prefix: "/" }], className = ISTIO, secretName }: IngressOptions,
) {
  const backend = { service: { name: service, port: { number: port } } };
  return {
    ...(className !== ISTIO && { ingressClassName: className }),
    ...(secretName !== undefined && { tls: [{ hosts: [...hosts], secretName }] }),
    rules: hosts.map((host) => ({
      host,
      http: {
        paths: matches.map((match) =>
          "exact" in match
            ? { path: match.exact, pathType: "Exact", backend }
            : { path: match.prefix, pathType: "Prefix", backend },
        ),
      },
    })),
  };
}
