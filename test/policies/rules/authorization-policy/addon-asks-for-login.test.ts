import { addonAsksForLogin } from "../../../../policies/rules/authorization-policy/addon-asks-for-login.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import type { Manifest } from "../../judge.ts";

const routes = (tool: string, gateways: unknown = ["istio-system/tools"]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: tool, namespace: "istio-system" },
  spec: {
    hosts: [`${tool}.example.com`],
    gateways,
    http: [{ route: [{ destination: { host: `${tool}.istio-system.svc.cluster.local` } }] }],
  },
});
const policy = (spec: object, namespace = "istio-system"): Manifest => ({
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { name: "tools", namespace },
  spec: { selector: { matchLabels: { istio: "ingressgateway" } }, ...spec },
});
const release = (chart: string, values: unknown): Resource => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { name: chart, namespace: "istio-system", chart, values },
});
const without = { from: [{ source: { notRequestPrincipals: ["*"] } }] };
const to = (host: string) => [{ operation: { hosts: [host] } }];
const here = "0 spec.http[0].route[0].destination.host";
const grafanaOpen: Manifest = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "grafana", namespace: "istio-system" },
  spec: {
    template: {
      spec: { containers: [{ name: "grafana", env: [{ name: "GF_AUTH_ANONYMOUS_ENABLED", value: "true" }] }] },
    },
  },
};
const kialiOpen = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "kiali", namespace: "istio-system" },
  data: { "config.yaml": "auth:\n  strategy: anonymous\n" },
};

describeRule(addonAsksForLogin, {
  accepts: {
    "Kiali, which has a login": [routes("kiali"), release("kiali-server", { auth: { strategy: "token" } })],
    "Grafana, which has a login": [routes("grafana")],
    "Prometheus inside the mesh": [routes("prometheus", ["mesh"])],
    "Prometheus where the gateway wants a token": [
      routes("prometheus"),
      policy({ action: "DENY", rules: [{ ...without, to: to("prometheus.example.com") }] }),
    ],
    "Jaeger where somebody else asks": [
      routes("tracing"),
      policy({ action: "CUSTOM", provider: { name: "login" }, rules: [{ to: to("tracing.example.com:*") }] }),
    ],
    "Grafana without a login of its own behind one at the gateway": [
      routes("grafana"),
      release("grafana", { "grafana.ini": { "auth.anonymous": { enabled: true } } }),
      policy({ action: "CUSTOM", provider: { name: "oauth2-proxy" }, rules: [{ to: to("grafana.example.com") }] }),
    ],
    "Jaeger for whoever has a token": [
      routes("tracing"),
      policy({ rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] }),
    ],
    "another service": [routes("productpage")],
  },
  refuses: {
    Prometheus: [[routes("prometheus")], here],
    Jaeger: [[routes("jaeger-query")], here],
    "Kiali without a login": [[routes("kiali"), release("kiali-server", { auth: { strategy: "anonymous" } })], here],
    "Kiali of Istio's samples": [[routes("kiali"), kialiOpen], here],
    "Grafana without a login": [
      [routes("grafana"), release("grafana", { "grafana.ini": { "auth.anonymous": { enabled: true } } })],
      here,
    ],
    "Grafana of Istio's samples": [[routes("grafana"), grafanaOpen], here],
    "a policy for another host": [
      [routes("prometheus"), policy({ action: "DENY", rules: [{ ...without, to: to("kiali.example.com") }] })],
      here,
    ],
    "a login before another host alone": [
      [
        routes("prometheus"),
        policy({ action: "CUSTOM", provider: { name: "oauth2-proxy" }, rules: [{ to: to("login.example.com") }] }),
      ],
      here,
    ],
    "a policy of another namespace": [
      [routes("prometheus"), policy({ action: "DENY", rules: [without] }, "shop")],
      here,
    ],
    "a policy that wants no token": [
      [routes("prometheus"), policy({ rules: [{ to: to("prometheus.example.com") }] })],
      here,
    ],
  },
});
