import { describe, expect, it } from "vitest";
import { problemsOf } from "../../../components/arguments.ts";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { jaeger } from "../../../components/observability/addons/jaeger.ts";
import { extensionProviders } from "../../../components/telemetry/providers.ts";
import { Telemetry } from "../../../components/telemetry/telemetry.ts";
import {
  telemetryRules,
  telemetrySpec,
  type TelemetryOptions,
} from "../../../components/telemetry/telemetryOptions.ts";
import { record, the } from "../../recorder.ts";
import { CONTROL_PLANE, mesh } from "../mesh.ts";

const KNOWN =
  /^(mesh:(telemetry:Telemetry|application:MeshNamespace)|kubernetes:(telemetry\.istio\.io\/v1:Telemetry|core\/v1:Namespace|test\/v1:ControlPlane))$/;

describe("Telemetry", () => {
  it("is for the mesh: one object beside istiod, for all proxies", async () => {
    const resources = await record(
      () => new Telemetry("mesh", { tracing: { provider: "jaeger", sampling: 50 }, mesh: mesh() }),
      KNOWN,
    );
    const { inputs, dependsOn } = the(resources, "Telemetry", "mesh-default");
    expect(inputs).toEqual({
      apiVersion: "telemetry.istio.io/v1",
      kind: "Telemetry",
      metadata: { name: "mesh-default", namespace: "istio-system", annotations: { "pulumi.com/patchForce": "true" } },
      spec: { tracing: [{ providers: [{ name: "jaeger" }], randomSamplingPercentage: 50 }] },
    });
    expect(dependsOn).toEqual([CONTROL_PLANE]);
  });

  it("is for a namespace, which has to be there", async () => {
    const resources = await record(
      () => new Telemetry("shop", { accessLog: {}, namespace: new MeshNamespace("shop"), mesh: mesh() }),
      KNOWN,
    );
    const { inputs, dependsOn } = the(resources, "Telemetry", "shop-telemetry");
    expect(inputs.metadata).toMatchObject({ name: "shop-telemetry", namespace: "shop" });
    expect(dependsOn).toContain("kubernetes:core/v1:Namespace shop");
  });

  it("refuses what means nothing", async () => {
    let thrown: unknown;
    await record(() => {
      try {
        new Telemetry("mesh", { tracing: { sampling: 101 }, mesh: mesh() });
      } catch (error) {
        thrown = error;
      }
    }, KNOWN);
    expect((thrown as Error).message).toContain("the telemetry of mesh cannot work: tracing.sampling must be");
  });

  it.each([
    ["response.code >=", "is no expression in CEL"],
    ["", "is no expression in CEL"],
    ["string(response.code) == '400'", "calls a function that Envoy does not have"],
    ["request.headers.exists(name, true)", "goes through a list, which Envoy does not do"],
  ])("refuses the filter %j, which Envoy refuses", (filter, words) => {
    expect(problemsOf(telemetryRules, { accessLog: { filter } })).toEqual([
      { path: "accessLog.filter", reason: `${words}: write one such as response.code >= 400` },
    ]);
  });

  it.each<[says: string, rules: TelemetryOptions, spec: object]>([
    ["no requests are traced", { tracing: { sampling: 0 } }, { tracing: [{ randomSamplingPercentage: 0 }] }],
    ["nothing is reported", { tracing: { enabled: false } }, { tracing: [{ disableSpanReporting: true }] }],
    ["it is reported again", { tracing: { enabled: true } }, { tracing: [{ disableSpanReporting: false }] }],
    ["everything is logged", { accessLog: {} }, { accessLogging: [{ providers: [{ name: "envoy" }] }] }],
    [
      "nothing is logged",
      { accessLog: { enabled: false } },
      { accessLogging: [{ providers: [{ name: "envoy" }], disabled: true }] },
    ],
    [
      "what fails is logged",
      { accessLog: { filter: "response.code >= 500" } },
      { accessLogging: [{ providers: [{ name: "envoy" }], filter: { expression: "response.code >= 500" } }] },
    ],
  ])("says that %s", (_says, rules, spec) => {
    expect(telemetrySpec(rules)).toEqual(spec);
  });
});

describe("collectors of spans", () => {
  it("are those of an installed Jaeger by two protocols: W3C's headers, or B3's and W3C's", () => {
    expect(extensionProviders(jaeger.tracingProviders)).toEqual([
      {
        name: "jaeger",
        opentelemetry: { service: "jaeger-collector.istio-system.svc.cluster.local", port: 4317 },
      },
      {
        name: "zipkin",
        zipkin: {
          service: "zipkin.istio-system.svc.cluster.local",
          port: 9411,
          traceContextOption: "USE_B3_WITH_W3C_PROPAGATION",
        },
      },
    ]);
  });

  it("take OTLP over HTTP where a path is named", () => {
    const lab = { opentelemetry: { service: "otel.lab.svc.cluster.local", port: 4318, path: "/v1/traces" } };
    expect(extensionProviders({ lab })).toEqual([
      {
        name: "lab",
        opentelemetry: {
          service: "otel.lab.svc.cluster.local",
          port: 4318,
          http: { path: "/v1/traces", timeout: "5s" },
        },
      },
    ]);
  });
});
