import { describe, expect, it } from "vitest";
import { loadAll } from "js-yaml";
import { gatewayValues, type GatewayArgs } from "../../../components/istio/gatewayValues.ts";
import { baseValues, cniValues, istiodValues, type Values } from "../../../components/istio/values.ts";
import type { ChartName } from "../../../components/istio/charts.ts";
import { find, hasCharts, hasIstioctl, istioctlDemo, render, type Manifest } from "../../charts.ts";
import { idleValues } from "../../values.ts";

const ingress: GatewayArgs = { name: "istio-ingressgateway", type: "LoadBalancer", inbound: true, profile: "demo" };
const egress: GatewayArgs = { name: "istio-egressgateway", type: "ClusterIP", inbound: false, profile: "demo" };
const extensionProviders = [{ name: "a", opentelemetry: { service: "a.b.svc.cluster.local", port: 4317 } }];
const images = { hub: "registry.example.com/istio", tag: "1.31.1-distroless", pullPolicy: "Always" } as const;

describe.skipIf(!hasCharts)("each value changes what the chart renders (needs helm and ISTIO_CHARTS)", () => {
  it.each<[of: string, chart: ChartName, release: string, values: Values]>([
    ["base", "base", "istio-base", baseValues()],
    ["istiod, demo", "istiod", "istiod", istiodValues({ profile: "demo", images: {} })],
    [
      "istiod, demo with all settings",
      "istiod",
      "istiod",
      istiodValues({ profile: "demo", images, accessLog: false, sampling: 5, extensionProviders }),
    ],
    ["istiod, production", "istiod", "istiod", istiodValues({ profile: "production", images: {} })],
    [
      "istiod, production with all settings",
      "istiod",
      "istiod",
      istiodValues({ profile: "production", images, accessLog: true, sampling: 5 }),
    ],
    ["base of a revision", "base", "istio-base", baseValues("1-31-1")],
    [
      "istiod, a revision with istio-cni",
      "istiod",
      "istiod-1-31-1",
      istiodValues({ profile: "production", images: {}, cni: true, revision: "1-31-1" }),
    ],
    [
      "istiod of a cluster with IPv6",
      "istiod",
      "istiod",
      istiodValues({ profile: "production", images: {}, ipFamily: "ipv6" }),
    ],
    ["istio-cni, demo", "cni", "istio-cni", cniValues({ profile: "demo", images })],
    ["istio-cni, production", "cni", "istio-cni", cniValues({ profile: "production", images })],
    [
      "the ingress gateway with a Network Load Balancer",
      "gateway",
      ingress.name,
      gatewayValues({ ...ingress, revision: "1-31-1", nlb: { sourceRanges: ["10.0.0.0/8"] } }),
    ],
    ["the ingress gateway, demo", "gateway", ingress.name, gatewayValues(ingress)],
    [
      "the ingress gateway, demo with all settings",
      "gateway",
      ingress.name,
      gatewayValues({
        ...ingress,
        type: "NodePort",
        nodePorts: { http: 30080, https: 30443 },
        annotations: { "example.com/a": "b" },
        replicas: 3,
        pullPolicy: "Never",
      }),
    ],
    ["the ingress gateway, production", "gateway", ingress.name, gatewayValues({ ...ingress, profile: "production" })],
    [
      "the ingress gateway, production with all settings",
      "gateway",
      ingress.name,
      gatewayValues({
        ...ingress,
        profile: "production",
        type: "NodePort",
        nodePorts: { https: 30443 },
        autoscaling: { min: 3, max: 4 },
      }),
    ],
    ["the egress gateway, demo", "gateway", egress.name, gatewayValues(egress)],
    [
      "the egress gateway, production",
      "gateway",
      egress.name,
      gatewayValues({ ...egress, profile: "production", replicas: 2 }),
    ],
  ])("of %s", (_of, chart, release, values) => {
    expect(idleValues(values, (some) => render(chart, release, some))).toEqual([]);
  });
});

describe.skipIf(!hasCharts)("what the charts render (needs helm and ISTIO_CHARTS)", () => {
  const istiod = (args: Partial<Parameters<typeof istiodValues>[0]>) =>
    render("istiod", "istiod", istiodValues({ profile: "demo", images: {}, ...args }));

  it.each(["demo", "production"] as const)("traces as many requests as asked for, in %s", (profile) => {
    const deployment = JSON.stringify(find(istiod({ profile, sampling: 7 }), "Deployment", "istiod"));
    expect(deployment).toContain('{"name":"PILOT_TRACE_SAMPLING","value":"7"}');
  });

  it.each([
    ["demo", undefined, true],
    ["demo", false, false],
    ["production", undefined, false],
    ["production", true, true],
  ] as const)("logs requests in %s with the setting %s: %s", (profile, accessLog, logs) => {
    const { data } = find(
      istiod({ profile, ...(accessLog !== undefined && { accessLog }) }),
      "ConfigMap",
      "istio",
    ) as unknown as { data: { mesh: string } };
    expect(data.mesh.includes("/dev/stdout")).toBe(logs);
  });

  it("never lets istiod change the policy of its webhooks", () => {
    const webhooks = [...render("base", "istio-base", baseValues()), ...istiod({})].filter(
      ({ kind }) => kind === "ValidatingWebhookConfiguration",
    );
    expect(webhooks.map(({ metadata }) => metadata.name)).toEqual([
      "istiod-default-validator",
      "istio-validator-istio-system",
    ]);
    expect(
      webhooks.flatMap(({ webhooks }) =>
        (webhooks as { failurePolicy: string }[]).map(({ failurePolicy }) => failurePolicy),
      ),
    ).toEqual(["Fail", "Fail"]);
  });

  it("runs each part of the production profile twice or more, and never takes all its pods at once", () => {
    const all = [
      ...istiod({ profile: "production" }),
      ...render("gateway", ingress.name, gatewayValues({ ...ingress, profile: "production" })),
      ...render("gateway", egress.name, gatewayValues({ ...egress, profile: "production" })),
    ];
    for (const name of ["istiod", ingress.name, egress.name]) {
      expect(find(all, "HorizontalPodAutoscaler", name)).toMatchObject({ spec: { minReplicas: 2 } });
      expect(find(all, "PodDisruptionBudget", name)).toMatchObject({ spec: { minAvailable: 1 } });
      const { spec } = find(all, "Deployment", name) as unknown as {
        spec: {
          template: {
            metadata: { labels: object };
            spec: { topologySpreadConstraints: { labelSelector: { matchLabels: object } }[] };
          };
        };
      };
      for (const { labelSelector } of spec.template.spec.topologySpreadConstraints) {
        expect(spec.template.metadata.labels).toMatchObject(labelSelector.matchLabels);
      }
    }
  });
});

describe.skipIf(!hasCharts || !hasIstioctl)(
  "the demo profile is that of istioctl (needs helm, ISTIO_CHARTS and istioctl)",
  () => {
    const theirs = hasIstioctl ? istioctlDemo() : [];
    const ours = hasCharts
      ? [
          ...render("base", "istio-base", baseValues()),
          ...render("istiod", "istiod", istiodValues({ profile: "demo", images: {} })),
          ...render("gateway", ingress.name, gatewayValues(ingress)),
          ...render("gateway", egress.name, gatewayValues(egress)),
        ]
      : [];

    it.each([ingress.name, egress.name])("in the Service of %s", (name) => {
      const facts = (all: readonly Manifest[]) => {
        const { spec } = find(all, "Service", name) as unknown as {
          spec: { type?: string; selector: object; ports: { name: string; port: number; targetPort: number }[] };
        };
        return {
          type: spec.type ?? "ClusterIP",
          selector: spec.selector,
          ports: spec.ports.map(({ name, port, targetPort }) => ({ name, port, targetPort })),
        };
      };
      expect(facts(ours)).toEqual(facts(theirs));
    });

    it.each(["istiod", ingress.name, egress.name])("in the pods of %s", (name) => {
      const facts = (all: readonly Manifest[]) => {
        const { spec } = find(all, "Deployment", name) as unknown as {
          spec: { replicas?: number; template: { spec: { containers: { resources: object }[] } } };
        };
        return {
          replicas: spec.replicas ?? 1,
          resources: spec.template.spec.containers.map(({ resources }) => resources),
        };
      };
      expect(facts(ours)).toEqual(facts(theirs));
    });

    it("in the environment of istiod, tracing included", () => {
      const facts = (all: readonly Manifest[]) => {
        const { spec } = find(all, "Deployment", "istiod") as unknown as {
          spec: { template: { spec: { containers: { env: { name: string }[] }[] } } };
        };
        return spec.template.spec.containers.flatMap(({ env }) => env).sort((a, b) => a.name.localeCompare(b.name));
      };
      expect(facts(ours)).toEqual(facts(theirs));
      expect(facts(ours)).toContainEqual({ name: "PILOT_TRACE_SAMPLING", value: "100" });
    });

    it.each(["istio", "istio-sidecar-injector"])(
      "in the ConfigMap %s, which configures proxies and sidecars",
      (name) => {
        const facts = (all: readonly Manifest[]) => {
          const { data } = find(all, "ConfigMap", name) as unknown as { data: Record<string, string> };
          return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, loadAll(text)[0]]));
        };
        expect(facts(ours)).toEqual(facts(theirs));
      },
    );

    it("in having no autoscaler", () => {
      for (const all of [ours, theirs])
        expect(all.filter(({ kind }) => kind === "HorizontalPodAutoscaler")).toEqual([]);
    });

    it("in the kinds of Istio's own API", () => {
      const names = (all: readonly Manifest[]) =>
        all.flatMap(({ kind, metadata }) => (kind === "CustomResourceDefinition" ? [metadata.name] : [])).sort();
      expect(names(ours)).toHaveLength(15);
      expect(names(ours)).toEqual(names(theirs));
    });
  },
);
