// A small mesh, and what a stack's author may change of it.
import { gatewayPods } from "../istio/routing/worldOf.ts";
import { manifests } from "./change.ts";

const workload = (name: string, version: string, namespace = "shop") => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}-${version}, namespace: ${namespace} }
spec:
  replicas: 1
  template:
    metadata: { labels: { app: ${name}, version: ${version} } }
    spec: { serviceAccountName: ${name}, containers: [{ name: main }] }
`;

const service = (name: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 8080 }] }
`;

export const mesh = manifests(
  [
    `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
`,
    workload("cart", "v1"),
    workload("stock", "v1"),
    workload("stock", "v2"),
    service("cart"),
    service("stock"),
    gatewayPods("doors"),
    `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: shop, namespace: shop }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example] }]
`,
    `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [shop.example], gateways: [shop], http: [{ route: [{ destination: { host: cart } }] }] }
`,
    `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: stock, namespace: shop }
spec: { host: stock, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }] }
`,
  ].join("---\n"),
);

/** The routes of stock, written as those of a VirtualService. */
export const stock = (http: string): object[] =>
  manifests(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: stock, namespace: shop }
spec:
  hosts: [stock]
  http: ${http}
`);

export const split = (v1: number, v2: number): string =>
  `[{ route: [{ destination: { host: stock, subset: v1 }, weight: ${v1} }, { destination: { host: stock, subset: v2 }, weight: ${v2} }] }]`;
