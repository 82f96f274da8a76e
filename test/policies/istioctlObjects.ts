import type { Manifest } from "./judge.ts";

const VERSIONS: Readonly<Record<string, string>> = {
  AuthorizationPolicy: "security.istio.io/v1",
  ConfigMap: "v1",
  CustomResourceDefinition: "apiextensions.k8s.io/v1",
  Deployment: "apps/v1",
  MutatingWebhookConfiguration: "admissionregistration.k8s.io/v1",
  Namespace: "v1",
  Node: "v1",
  Pod: "v1",
  RequestAuthentication: "security.istio.io/v1",
  Secret: "v1",
  Service: "v1",
  StatefulSet: "apps/v1",
  Telemetry: "telemetry.istio.io/v1",
  ValidatingWebhookConfiguration: "admissionregistration.k8s.io/v1",
  WasmPlugin: "extensions.istio.io/v1alpha1",
};

export interface Described extends Manifest {
  readonly metadata: object;
}

/** An object of a namespace, `shop` if nothing else is said; kinds that are not listed are of Istio's networking API. */
export function anObject(kind: string, name: string, spec: object, namespace = "shop"): Described {
  return { apiVersion: VERSIONS[kind] ?? "networking.istio.io/v1", kind, metadata: { name, namespace }, spec };
}

/** An object with more in its metadata, or outside its spec. */
export function having(object: Described, metadata: object, others: object = {}): Described {
  return { ...object, ...others, metadata: { ...object.metadata, ...metadata } };
}

export function aNamespace(name: string, labels?: object): Described {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, ...(labels && { labels }) } };
}

/** A workload that runs pods with these labels. */
export function pods(labels: object, namespace?: string, rest: object = {}): Described {
  const { annotations, ...spec } = rest as { annotations?: object };
  const metadata = { labels, ...(annotations && { annotations }) };
  const containers = [{ name: "app", image: "app:1" }];
  return anObject("Deployment", "app", { template: { metadata, spec: { containers, ...spec } } }, namespace);
}

export function aService(
  name: string,
  ports: readonly object[] = [{ port: 80 }],
  rest: object = {},
  namespace?: string,
) {
  return anObject("Service", name, { ports, ...rest }, namespace);
}

/** What the pods of Istio's ingress gateway are selected by. */
export const INGRESS = { istio: "ingressgateway" };

export const ingressPods = pods(INGRESS, "istio-ingress", { containers: [{ name: "istio-proxy", image: "proxy:1" }] });

export function aGateway(name: string, servers: readonly object[], selector: object = INGRESS, namespace?: string) {
  return anObject("Gateway", name, { selector, servers }, namespace);
}

/** A server for HTTP at port 80. */
export function serving(hosts: readonly string[], rest: object = {}) {
  return { port: { number: 80, name: "http", protocol: "HTTP" }, hosts, ...rest };
}

/** Routes of one host to itself, unless something else is said. */
export function routing(host: string, rest: object = {}, namespace?: string) {
  return anObject(
    "VirtualService",
    host,
    { hosts: [host], http: [{ route: [{ destination: { host } }] }], ...rest },
    namespace,
  );
}
