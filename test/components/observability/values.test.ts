import { describe, expect, it } from "vitest";
import { dashboards, grafanaValues } from "../../../components/observability/addons/grafana.ts";
import { jaegerConfig, jaegerPorts, jaegerValues } from "../../../components/observability/addons/jaeger.ts";
import { prometheusValues } from "../../../components/observability/addons/prometheus.ts";

const storage = { size: "20Gi", storageClass: "gp3" };
const grafana = { profile: "demo", credentials: "x", anonymous: true } as const;

describe("what is kept", () => {
  it("of metrics: hours in a demo, half a month in production, on a volume where one is asked for", () => {
    expect(prometheusValues("demo", {})).toMatchObject({
      server: { retention: "6h", persistentVolume: { enabled: false } },
    });
    // The chart keeps them for 15 days by itself.
    expect(prometheusValues("production", {}).server).not.toHaveProperty("retention");
    expect(prometheusValues("production", { storage, retention: "30d" })).toMatchObject({
      server: { retention: "30d", persistentVolume: storage },
    });
  });

  it("of traces: some in memory, or some days on a volume", () => {
    expect(jaegerConfig({ maxTraces: 5 })).toMatchObject({
      extensions: { jaeger_storage: { backends: { traces: { memory: { max_traces: 5 } } } } },
    });
    expect(jaegerConfig({ storage, retention: "24h" })).toMatchObject({
      extensions: {
        jaeger_storage: {
          backends: {
            traces: { badger: { ephemeral: false, ttl: { spans: "24h" }, directories: { keys: "/badger/keys" } } },
          },
        },
      },
    });
    const { extraObjects, jaeger } = jaegerValues("production", { storage }) as {
      extraObjects: { kind: string; metadata: { name: string } }[];
      jaeger: { extraVolumes: { persistentVolumeClaim: { claimName: string } }[] };
    };
    const claims = extraObjects
      .filter(({ kind }) => kind === "PersistentVolumeClaim")
      .map(({ metadata }) => metadata.name);
    expect(jaeger.extraVolumes.map(({ persistentVolumeClaim }) => persistentVolumeClaim.claimName)).toEqual(claims);
  });
});

describe("Jaeger's configuration", () => {
  it("names in its pipeline what it defines", () => {
    const { service, extensions, receivers, processors, exporters } = jaegerConfig({}) as Record<string, object> & {
      service: { extensions: string[]; pipelines: { traces: Record<string, string[]> } };
    };
    const { traces } = service.pipelines;
    expect(Object.keys(extensions ?? {}).sort()).toEqual([...service.extensions].sort());
    expect(Object.keys(receivers ?? {})).toEqual(traces.receivers);
    expect(Object.keys(processors ?? {})).toEqual(traces.processors);
    expect(Object.keys(exporters ?? {})).toEqual(traces.exporters);
  });

  it("has another label where it changes, so that the pods see it", () => {
    const labelOf = (maxTraces: number) =>
      (jaegerValues("demo", { maxTraces }) as { jaeger: { podLabels: { configuration: string } } }).jaeger.podLabels
        .configuration;
    expect(labelOf(1)).toMatch(/^[0-9a-f]{12}$/);
    expect(labelOf(1)).toBe(labelOf(1));
    expect(labelOf(1)).not.toBe(labelOf(2));
  });

  it("listens where its Services lead", () => {
    const text = JSON.stringify(jaegerConfig({}));
    for (const port of Object.values(jaegerPorts)) expect(text).toContain(`0.0.0.0:${port}"`);
  });
});

describe("Grafana's dashboards", () => {
  const urls = (values: object) =>
    Object.values((values as { dashboards: { istio: Record<string, { url: string }> } }).dashboards.istio).map(
      ({ url }) => url,
    );

  it("are the seven of the installed Istio", () => {
    expect(urls(grafanaValues({ ...grafana, prometheus: "http://p" }))).toEqual(
      Object.values(dashboards).map(
        ({ file }) => `https://raw.githubusercontent.com/istio/istio/1.31.1/manifests/addons/dashboards/${file}`,
      ),
    );
  });

  it("come from elsewhere where that is asked for, and never unchecked", () => {
    const values = grafanaValues({ ...grafana, prometheus: "http://p", dashboards: "https://mirror.example.com/d" });
    for (const url of urls(values)) expect(url).toMatch(/^https:\/\/mirror\.example\.com\/d\/[\w.-]+\.json$/);
    expect(values.defaultCurlOptions).not.toMatch(/-\w*k/);
  });

  it.each([
    ["they are not asked for", { prometheus: "http://p", dashboards: false as const }],
    ["there are no metrics to draw", {}],
  ])("are none where %s", (_why, args) => {
    expect(grafanaValues({ ...grafana, ...args })).not.toHaveProperty("dashboards");
  });
});
