import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { groupNames } from "../testbed/goPrograms.ts";
import { eks, programs, testbed } from "../versions.ts";

const required = (group: string, module: string): string | undefined => {
  const file = readFileSync(join(import.meta.dirname, "../testbed/programs", group, "go.mod"), "utf8");
  return new RegExp(`(?:^|\\s)${module} v(\\S+)`, "m").exec(file)?.[1];
};
const installed = (name: string): string =>
  (
    JSON.parse(readFileSync(join(import.meta.dirname, "../node_modules", name, "package.json"), "utf8")) as {
      version: string;
    }
  ).version;

describe("the pins of versions.ts", () => {
  it.each([
    ["kubernetes", "k8s.io/kubernetes", testbed.kubernetes],
    ["etcd", "go.etcd.io/etcd/server/v3", testbed.etcd],
    ["coredns", "github.com/coredns/coredns", testbed.coredns],
    ["istio", "istio.io/istio", testbed.istioModule],
    ["istio-before", "istio.io/istio", testbed.istioModuleBefore],
    ["helm", "helm.sh/helm/v3", programs.helm],
    ["pulumi", "github.com/pulumi/pulumi/pkg/v3", programs.pulumi],
    ["prometheus", "github.com/prometheus/prometheus", testbed.prometheus],
    ["jaeger", "github.com/jaegertracing/jaeger", testbed.jaeger],
  ])("are those of the Go module %s", (group, module, version) => {
    expect(required(group, module)).toBe(version);
  });

  // Jaeger does not start with later versions of OpenTelemetry than its own.
  const alike = groupNames.filter((group) => group !== "jaeger");

  it.each([
    ["golang.org/x/net", groupNames],
    ["golang.org/x/text", groupNames],
    ["golang.org/x/sys", groupNames],
    ["google.golang.org/protobuf", groupNames],
    ["google.golang.org/grpc", alike],
    ["go.opentelemetry.io/otel", alike],
    ["k8s.io/client-go", ["coredns", "helm", "istio", "prometheus"]],
    ["k8s.io/api", ["coredns", "helm", "istio", "prometheus"]],
    ["k8s.io/kube-openapi", ["coredns", "helm", "istio", "prometheus"]],
  ])("agree on %s, which is compiled once for all programs of the testbed", (module, groups) => {
    const versions = new Set(groups.map((group) => required(group, module)));
    versions.delete(undefined);
    expect(versions.size).toBe(1);
  });

  it("name a kube-proxy of the Kubernetes that EKS runs", () => {
    expect(eks.addons["kube-proxy"]).toMatch(new RegExp(`^v${eks.kubernetes}\\.`));
  });

  it("name the plugin of the installed Kubernetes SDK", () => {
    expect(installed("@pulumi/kubernetes")).toBe(programs.kubernetesPlugin);
  });
});
