import { describe, expect, it } from "vitest";
import { parseSettings } from "../../settings/parse.ts";
import { meshTelemetry } from "../../settings/telemetry.ts";
import { pathsOf } from "./stackFile.ts";

const lab = { opentelemetry: { service: "collector.lab.svc.cluster.local", port: 4317 } };
const none = { observability: { enabled: false } };

describe("mesh:telemetry", () => {
  it.each<[right: string, config: Record<string, unknown>]>([
    ["nothing", { telemetry: {} }],
    ["B3 headers", { telemetry: { mesh: { tracing: { provider: "zipkin" } } } }],
    [
      "a share of the requests for the mesh, another for a namespace",
      { telemetry: { mesh: { tracing: { sampling: 0 } }, namespaces: { bookinfo: { tracing: { sampling: 50 } } } } },
    ],
    [
      "a collector of one's own",
      { ...none, telemetry: { providers: { lab }, mesh: { tracing: { provider: "lab" } } } },
    ],
    ["no spans where there is no collector", { ...none, telemetry: { mesh: { tracing: { enabled: false } } } }],
    ["logs of what goes wrong", { telemetry: { mesh: { accessLog: { filter: "response.code >= 500" } } } }],
    ["no logs of a namespace", { telemetry: { namespaces: { bookinfo: { accessLog: { enabled: false } } } } }],
    ["the name of Jaeger for another, where Jaeger is not", { ...none, telemetry: { providers: { jaeger: lab } } }],
  ])("may say %s", (_right, config) => {
    expect(pathsOf(config)).toEqual([]);
  });

  it.each<[wrong: string, config: Record<string, unknown>, paths: string[]]>([
    ["a share of more than all", { telemetry: { mesh: { tracing: { sampling: 101 } } } }, ["mesh.tracing.sampling"]],
    [
      "a collector that is not there",
      { telemetry: { mesh: { tracing: { provider: "tempo" } } } },
      ["mesh.tracing.provider"],
    ],
    [
      "Jaeger, which is off",
      { observability: { jaeger: { enabled: false } }, telemetry: { mesh: { tracing: { provider: "jaeger" } } } },
      ["mesh.tracing.provider"],
    ],
    [
      "a share of nothing",
      { ...none, telemetry: { namespaces: { bookinfo: { tracing: { sampling: 1 } } } } },
      ["namespaces.bookinfo.tracing"],
    ],
    ["a collector of no protocol", { telemetry: { providers: { lab: {} } } }, ["providers.lab"]],
    [
      "a collector of two protocols",
      { telemetry: { providers: { lab: { ...lab, zipkin: lab.opentelemetry } } } },
      ["providers.lab"],
    ],
    [
      "a collector by half its name",
      { telemetry: { providers: { lab: { zipkin: { service: "zipkin", port: 9411 } } } } },
      ["providers.lab.zipkin.service"],
    ],
    ["another Jaeger by its name", { telemetry: { providers: { jaeger: lab } } }, ["providers.jaeger"]],
    ["a namespace that is not there", { telemetry: { namespaces: { shop: { accessLog: {} } } } }, ["namespaces.shop"]],
    ["a namespace without anything", { telemetry: { namespaces: { bookinfo: {} } } }, ["namespaces.bookinfo"]],
    ["an empty filter", { telemetry: { mesh: { accessLog: { filter: " " } } } }, ["mesh.accessLog.filter"]],
    [
      "a filter of no logs",
      { telemetry: { mesh: { accessLog: { enabled: false, filter: "true" } } } },
      ["mesh.accessLog.filter"],
    ],
    [
      "the same share in two places",
      { istio: { tracing: { sampling: 1 } }, telemetry: { mesh: { tracing: { sampling: 1 } } } },
      ["mesh.tracing.sampling"],
    ],
    [
      "the same logs in two places",
      { istio: { accessLog: true }, telemetry: { mesh: { accessLog: {} } } },
      ["mesh.accessLog"],
    ],
  ])("may not say %s", (_wrong, config, paths) => {
    expect(pathsOf(config)).toEqual(paths.map((path) => `telemetry.${path}`));
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    ["go to Jaeger where it is installed", {}, { tracing: { provider: "jaeger" } }],
    [
      "go to Jaeger, by the share that is asked for",
      { telemetry: { mesh: { tracing: { sampling: 5 } } } },
      { tracing: { provider: "jaeger", sampling: 5 } },
    ],
    [
      "go where it is asked for",
      { telemetry: { mesh: { tracing: { provider: "zipkin" } } } },
      { tracing: { provider: "zipkin" } },
    ],
    ["go nowhere else by themselves", { ...none, telemetry: { providers: { lab } } }, undefined],
  ])("spans %s", (_what, config, expected) => {
    const parsed = parseSettings(config);
    expect("settings" in parsed && meshTelemetry(parsed.settings)).toEqual(expected);
  });
});
