import type { Manifest } from "./judge.ts";

type Build = (spec?: object, metadata?: object) => Manifest;

const builder =
  (apiVersion: string, kind: string): Build =>
  (spec = {}, metadata = {}) => ({
    apiVersion,
    kind,
    metadata: { name: "reviews", namespace: "shop", ...metadata },
    spec,
  });

export const authorizationPolicy = builder("security.istio.io/v1", "AuthorizationPolicy");
export const destinationRule = builder("networking.istio.io/v1", "DestinationRule");
export const gateway = builder("networking.istio.io/v1", "Gateway");
export const httpRoute = builder("gateway.networking.k8s.io/v1", "HTTPRoute");
export const k8sGateway = builder("gateway.networking.k8s.io/v1", "Gateway");
export const peerAuthentication = builder("security.istio.io/v1", "PeerAuthentication");
export const referenceGrant = builder("gateway.networking.k8s.io/v1beta1", "ReferenceGrant");
export const requestAuthentication = builder("security.istio.io/v1", "RequestAuthentication");
export const service = builder("v1", "Service");
export const serviceEntry = builder("networking.istio.io/v1", "ServiceEntry");
export const sidecar = builder("networking.istio.io/v1", "Sidecar");
export const telemetry = builder("telemetry.istio.io/v1", "Telemetry");
export const virtualService = builder("networking.istio.io/v1", "VirtualService");
export const wasmPlugin = builder("extensions.istio.io/v1alpha1", "WasmPlugin");
export const workloadGroup = builder("networking.istio.io/v1", "WorkloadGroup");

export function namespace(name: string, labels: object = {}): Manifest {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

/** A Deployment whose pods have the labels. */
export function deployment(labels: object, metadata: object = {}, pods: object = {}): Manifest {
  const spec = { containers: [{ name: "app", image: "app:1" }], ...pods };
  return builder("apps/v1", "Deployment")({ template: { metadata: { labels }, spec } }, metadata);
}

/** A VirtualService that routes to these destinations. */
export function routing(...destinations: readonly object[]): Manifest {
  return virtualService({
    hosts: ["reviews"],
    http: [{ route: destinations.map((destination) => ({ destination })) }],
  });
}
