import { manifests } from "./change.ts";
import { split } from "./shop.ts";

/** So many hosts, each with a share of requests for the pods of v1. */
export const manyHosts = (count: number, v1: number): object[] =>
  Array.from({ length: count }, (_, index) =>
    manifests(`
apiVersion: v1
kind: Service
metadata: { name: s${index}, namespace: shop }
spec: { selector: { app: stock }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: s${index}, namespace: shop }
spec: { host: s${index}, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: s${index}, namespace: shop }
spec: { hosts: [s${index}], http: ${split(v1, 100 - v1).replaceAll("host: stock", `host: s${index}`)} }
`),
  ).flat();
