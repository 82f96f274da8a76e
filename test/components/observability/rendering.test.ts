import { describe, expect, it } from "vitest";
import type { Values } from "../../../components/istio/values.ts";
import type { AddonChart } from "../../../components/observability/addon.ts";
import { grafanaValues, type GrafanaValuesArgs } from "../../../components/observability/addons/grafana.ts";
import { jaegerValues } from "../../../components/observability/addons/jaeger.ts";
import { kialiValues, type KialiValuesArgs } from "../../../components/observability/addons/kiali.ts";
import {
  oauth2ProxyConfig,
  oauth2ProxyValues,
  type OAuth2ProxyValuesArgs,
} from "../../../components/observability/addons/oauth2Proxy.ts";
import { prometheusValues } from "../../../components/observability/addons/prometheus.ts";
import { loginPlace } from "../../../components/observability/loginOptions.ts";
import { profiles } from "../../../components/profile.ts";
import { product } from "../../../versions.ts";
import { addonVersion, find, hasAddonCharts, renderAddon, type Manifest } from "../../charts.ts";
import { idleValues } from "../../values.ts";

const storage = { size: "20Gi", storageClass: "gp3" };

const grafana: GrafanaValuesArgs = {
  profile: "demo",
  credentials: "grafana-admin-1a2b3c4",
  anonymous: true,
  prometheus: "http://prometheus.istio-system:9090",
  jaeger: "http://tracing.istio-system/jaeger",
};

const kiali: KialiValuesArgs = {
  profile: "demo",
  credentials: "kiali-session-1a2b3c4",
  anonymous: true,
  viewOnly: true,
  prometheus: "http://prometheus.istio-system:9090",
  grafana: {
    url: "http://grafana.istio-system:3000",
    externalUrl: "http://localhost:3000",
    credentials: "grafana-admin-1a2b3c4",
  },
  tracing: { url: "http://tracing.istio-system:16685/jaeger", externalUrl: "http://localhost:16686/jaeger" },
};

const login: OAuth2ProxyValuesArgs = {
  profile: "demo",
  credentials: "oauth2-proxy-client-1a2b3c4",
  login: { issuer: "https://login.example.com", clientId: "mesh", groups: ["ops"] },
  domain: "mesh.example.com",
  hosts: ["grafana.mesh.example.com"],
};

const open = { anonymous: false, profile: "production" } as const;

type Case = readonly [of: string, chart: AddonChart, release: string, values: Values];

const demo: readonly Case[] = [
  ["Prometheus, demo", "prometheus", "prometheus", prometheusValues("demo", {})],
  ["Grafana, demo", "grafana", "grafana", grafanaValues(grafana)],
  ["Jaeger, demo", "jaeger", "jaeger", jaegerValues("demo", {})],
  ["Kiali, demo", "kiali-server", "kiali", kialiValues(kiali)],
  ["the login, demo", "oauth2-proxy", "oauth2-proxy", oauth2ProxyValues(login)],
];
const production: readonly Case[] = [
  ["Prometheus, production", "prometheus", "prometheus", prometheusValues("production", { storage, retention: "30d" })],
  [
    "Grafana, production",
    "grafana",
    "grafana",
    grafanaValues({ ...grafana, ...open, storage, externalUrl: "https://grafana.example.com" }),
  ],
  ["Jaeger, production", "jaeger", "jaeger", jaegerValues("production", { storage })],
  ["Kiali, production", "kiali-server", "kiali", kialiValues({ ...kiali, ...open, host: "kiali.example.com" })],
  ["the login, production", "oauth2-proxy", "oauth2-proxy", oauth2ProxyValues({ ...login, profile: "production" })],
];
const all: readonly Case[] = [
  ...demo,
  ...production,
  [
    "Grafana without data",
    "grafana",
    "grafana",
    grafanaValues({ profile: "demo", credentials: "x", anonymous: false }),
  ],
  [
    "Kiali without others",
    "kiali-server",
    "kiali",
    kialiValues({ ...open, credentials: "x", viewOnly: false, prometheus: "http://p" }),
  ],
];

describe.skipIf(!hasAddonCharts)("the charts of the tools (needs helm and ADDON_CHARTS)", () => {
  it.each(Object.entries(product.addons))("%s is there in the pinned version", (chart, version) => {
    expect(addonVersion(chart as AddonChart)).toBe(version);
  });

  it.each(all)("each value changes what the chart renders: %s", (_of, chart, release, values) => {
    expect(idleValues(values, (some) => renderAddon(chart, release, some))).toEqual([]);
  });

  it.each([...demo, ...production])("renders the same twice: %s", (_of, chart, release, values) => {
    expect(renderAddon(chart, release, values)).toEqual(renderAddon(chart, release, values));
  });

  it.each([demo, production])("opens the Services that Istio's tools look for", (...cases) => {
    const services = cases
      .flatMap(([, chart, release, values]) => renderAddon(chart, release, values))
      .filter(({ kind }) => kind === "Service");
    const ports = (name: string) =>
      (find(services, "Service", name) as unknown as { spec: { ports: { port: number }[] } }).spec.ports.map(
        ({ port }) => port,
      );
    expect(ports("prometheus")).toContain(9090);
    expect(ports("grafana")).toContain(3000);
    expect(ports("kiali")).toContain(20001);
    expect(ports("tracing")).toEqual([80, 16685]);
    expect(ports("zipkin")).toEqual([9411]);
    expect(ports(loginPlace.service)).toContain(loginPlace.port);
    expect(ports("jaeger-collector")).toEqual(expect.arrayContaining([4317, 4318, 9411, 16686]));
    for (const { spec } of services as unknown as { spec: { type?: string } }[]) {
      expect(spec.type ?? "ClusterIP").toBe("ClusterIP");
    }
  });

  it.each([...demo, ...production])("leads its Services to its pods: %s", (_of, chart, release, values) => {
    const manifests = renderAddon(chart, release, values);
    const { metadata } = podsOf(manifests);
    for (const { spec } of manifests.filter(({ kind }) => kind === "Service") as unknown as {
      spec: { selector: object };
    }[]) {
      expect(metadata.labels).toMatchObject(spec.selector);
    }
  });

  it.each([...demo, ...production])(
    "runs without sidecar, without root, and says what it takes: %s",
    (_of, chart, release, values) => {
      const { metadata, spec } = podsOf(renderAddon(chart, release, values));
      expect(metadata.labels).toMatchObject({ "sidecar.istio.io/inject": "false" });
      for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
        const security = { ...spec.securityContext, ...container.securityContext };
        expect(security.runAsNonRoot, container.name).toBe(true);
        expect(security.runAsUser, container.name).not.toBe(0);
        expect(security.allowPrivilegeEscalation, container.name).toBe(false);
        expect(security.capabilities, container.name).toEqual({ drop: ["ALL"] });
        expect(container.resources?.requests, container.name).toMatchObject({
          cpu: expect.any(String) as string,
          memory: expect.any(String) as string,
        });
      }
    },
  );

  it.each(profiles)("Kiali only looks, in %s", (profile) => {
    const manifests = renderAddon(
      "kiali-server",
      "kiali",
      kialiValues({ ...kiali, profile, anonymous: profile === "demo" }),
    );
    const verbs = manifests
      .filter(({ kind }) => kind === "ClusterRole")
      .flatMap(({ rules }) => rules as { resources?: string[]; verbs: string[] }[])
      // It opens connections to proxies, and asks who somebody is.
      .filter(
        ({ resources = [] }) =>
          !resources.some((each) => /portforward|tokenreviews|selfsubjectaccessreviews/.test(each)),
      )
      .flatMap(({ verbs: some }) => some);
    expect([...new Set(verbs)].sort()).toEqual(["get", "list", "watch"]);
  });

  it("Kiali finds its key and Grafana's password in Secrets, which its pods mount", () => {
    const { spec } = podsOf(renderAddon("kiali-server", "kiali", kialiValues(kiali)));
    const secrets = spec.volumes.flatMap(({ secret }) => secret?.secretName ?? []);
    expect(secrets).toEqual(expect.arrayContaining(["kiali-session-1a2b3c4", "grafana-admin-1a2b3c4"]));
  });

  it("the login finds its client and its key in a Secret, and reads what it is told", () => {
    const manifests = renderAddon("oauth2-proxy", "oauth2-proxy", oauth2ProxyValues(login));
    const [container] = podsOf(manifests).spec.containers;
    const read = container?.env?.map(({ name, valueFrom }) => [name, valueFrom?.secretKeyRef]);
    expect(read).toEqual(
      ["client-id", "client-secret", "cookie-secret"].map((key) => [
        `OAUTH2_PROXY_${key.toUpperCase().replace("-", "_")}`,
        { name: "oauth2-proxy-client-1a2b3c4", key },
      ]),
    );
    expect(container?.args).toContain("--config=/etc/oauth2_proxy/oauth2_proxy.cfg");
    const { data } = find(manifests, "ConfigMap", "oauth2-proxy") as unknown as { data: Record<string, string> };
    expect(data["oauth2_proxy.cfg"]?.trim()).toBe(oauth2ProxyConfig(login).trim());
  });

  it("no Secret of theirs has a content that a chart has made up", () => {
    const secrets = demo
      .flatMap(([, chart, release, values]) => renderAddon(chart, release, values))
      .filter(({ kind, data }) => kind === "Secret" && data !== undefined);
    expect(secrets.map(({ metadata }) => metadata.name)).toEqual([]);
  });
});

interface Pods {
  readonly metadata: { readonly labels: object };
  readonly spec: {
    readonly securityContext?: SecurityContext;
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes: readonly { readonly secret?: { readonly secretName: string } }[];
  };
}
interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: object;
}
interface Container {
  readonly name: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly valueFrom?: { readonly secretKeyRef?: object } }[];
  readonly securityContext?: SecurityContext;
  readonly resources?: { readonly requests?: object };
}

/** The pods of the one Deployment. */
function podsOf(manifests: readonly Manifest[]): Pods {
  const [deployment, ...others] = manifests.filter(({ kind }) => kind === "Deployment");
  expect(others).toEqual([]);
  return (deployment as unknown as { spec: { template: Pods } }).spec.template;
}
