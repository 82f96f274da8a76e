import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { load, loadAll } from "js-yaml";
import type { Values } from "../../components/istio/values.ts";
import { grafanaValues } from "../../components/observability/addons/grafana.ts";
import { jaegerValues } from "../../components/observability/addons/jaeger.ts";
import { kialiValues } from "../../components/observability/addons/kiali.ts";
import { prometheusValues } from "../../components/observability/addons/prometheus.ts";
import { find, hasHelm, type Manifest } from "../charts.ts";

const values = {
  prometheus: prometheusValues("demo", {}),
  grafana: grafanaValues({ profile: "demo", credentials: "grafana-admin-1", anonymous: true, prometheus: "http://p" }),
  jaeger: jaegerValues("demo", {}),
  "kiali-server": kialiValues({
    profile: "demo",
    credentials: "kiali-session-1",
    anonymous: true,
    viewOnly: true,
    prometheus: "http://p",
  }),
} satisfies Record<string, Values>;

function render(chart: keyof typeof values): Manifest[] {
  const args = [
    "template",
    chart,
    join(import.meta.dirname, "../../testbed/charts", chart),
    "--namespace",
    "istio-system",
  ];
  const yaml = execFileSync("helm", [...args, "--values", "-"], { input: JSON.stringify(values[chart]) }).toString();
  return loadAll(yaml) as Manifest[];
}

describe.skipIf(!hasHelm)("the testbed's charts of the tools (needs helm)", () => {
  it.each([
    ["prometheus", "prometheus", [9090]],
    ["grafana", "grafana", [3000]],
    ["jaeger", "tracing", [80, 16685]],
    ["jaeger", "zipkin", [9411]],
    ["jaeger", "jaeger-collector", [4317, 4318, 9411, 16686, 16685]],
    ["kiali-server", "kiali", [20001]],
  ] as const)("of %s opens %s, and leads it to its pods", (chart, service, ports) => {
    const manifests = render(chart);
    const { spec } = find(manifests, "Service", service) as unknown as {
      spec: { selector: object; ports: { port: number }[] };
    };
    expect(spec.ports.map(({ port }) => port)).toEqual(ports);
    const [deployment] = manifests.filter(({ kind }) => kind === "Deployment");
    expect(deployment).toMatchObject({
      spec: {
        selector: { matchLabels: spec.selector },
        template: { metadata: { labels: { ...spec.selector, "sidecar.istio.io/inject": "false" } } },
      },
    });
  });

  it("hand Jaeger the configuration, and Grafana and Kiali the Secrets, that our values name", () => {
    const { data } = find(render("jaeger"), "ConfigMap", "user-config") as unknown as { data: Record<string, string> };
    expect(load(data["user-config.yaml"] ?? "")).toEqual((values.jaeger as { userconfig: object }).userconfig);
    expect(JSON.stringify(render("grafana"))).toContain(
      '"secretKeyRef":{"name":"grafana-admin-1","key":"admin-password"}',
    );
    expect(JSON.stringify(render("kiali-server"))).toContain('"secretName":"kiali-session-1"');
  });

  it("count requests at both ends, in every proxy, since plain Envoy does not", () => {
    const { spec } = find(render("prometheus"), "EnvoyFilter", "core-stats") as unknown as {
      spec: { configPatches: { match: { context: string } }[] };
    };
    expect(spec.configPatches.map(({ match }) => match.context).sort()).toEqual([
      "GATEWAY",
      "SIDECAR_INBOUND",
      "SIDECAR_OUTBOUND",
    ]);
    for (const patch of spec.configPatches) {
      expect(JSON.stringify(patch)).toContain(
        `"name":"reporter","value_format":"${patch.match.context === "SIDECAR_INBOUND" ? "destination" : "source"}"`,
      );
    }
  });
});
