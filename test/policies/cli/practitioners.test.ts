// What practitioners have in their repositories, and what is right to say of it. No error and no warning, unless one is named.
import { describe, expect, it } from "vitest";
import { json, scratch } from "./example.ts";

const { write } = scratch();

const gateway = (name: string, protocol: string, tls = "") => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: edge}
spec:
  selector: {istio: edge}
  servers: [{hosts: [www.example.com], port: {number: ${tls === "" ? 80 : 443}, name: ${name}, protocol: ${protocol}}${tls}}]
`;
const SIMPLE = ", tls: {mode: SIMPLE, credentialName: www}";

const MACHINES = `apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: billing-1, namespace: vms}
spec: {address: 192.0.2.7, labels: {app: billing}}
---
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: {name: stock, namespace: vms}
spec: {metadata: {labels: {app: stock}}, template: {}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: other, namespace: vms}
spec:
  selector: {matchLabels: {app: other}}
  template: {metadata: {labels: {app: other}}, spec: {containers: [{name: c, image: "c:1"}]}}
`;
const policies = (app: string) => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ${app}, namespace: vms}
spec: {selector: {matchLabels: {app: ${app}}}, rules: [{to: [{operation: {methods: [GET]}}]}]}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: ${app}, namespace: vms}
spec: {selector: {matchLabels: {app: ${app}}}, mtls: {mode: STRICT}}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: ${app}, namespace: vms}
spec: {workloadSelector: {labels: {app: ${app}}}, egress: [{hosts: ["./*"]}]}
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: ${app}, namespace: vms}
spec: {selector: {matchLabels: {app: ${app}}}, accessLogging: [{providers: [{name: envoy}]}]}
`;
const GATEWAY_PODS = `apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: edge}
spec:
  selector: {matchLabels: {istio: edge}}
  template:
    metadata:
      annotations: {inject.istio.io/templates: gateway}
      labels: {istio: edge, sidecar.istio.io/inject: "true"}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Service
metadata: {name: edge, namespace: edge}
spec: {type: LoadBalancer, selector: {istio: edge}, ports: [{name: http2, port: 80, targetPort: 8080}]}
`;

describe("what practitioners have", () => {
  it.each<[what: string, documents: string[], rules: string[]]>([
    [
      "plain HTTP servers of one host in two Gateways, which Istio merges",
      [gateway("a", "HTTP"), gateway("b", "HTTP")],
      [],
    ],
    [
      "two certificates for one host, of which Istio drops one",
      [gateway("a", "HTTPS", SIMPLE), gateway("b", "HTTPS", SIMPLE)],
      ["gateways-do-not-conflict", "one-gateway-per-certificate"],
    ],
    ["policies for machines, by a WorkloadEntry", [MACHINES, policies("billing")], []],
    ["policies for machines, by a WorkloadGroup", [MACHINES, policies("stock")], []],
    [
      "policies for nobody",
      [MACHINES, policies("nobody")],
      [
        "authentication-selects-pods",
        "authorization-policy-effective",
        "sidecar-selects-pods",
        "telemetry-selects-pods",
      ],
    ],
    ["a gateway whose proxy opens its ports when a Gateway asks for them", [GATEWAY_PODS, gateway("a", "HTTP")], []],
  ])("%s", (_what, documents, rules) => {
    const found = json("--closed", "-n", "vms", write("all.yaml", documents.join("---\n")));
    const said = found.filter(({ severity }) => severity !== "info").map(({ rule }) => rule);
    expect([...new Set(said)].sort()).toEqual(rules);
  });
});
