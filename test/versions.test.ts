import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { groupNames } from "../testbed/goPrograms.ts";
import { eks, product, programs, testbed } from "../versions.ts";

const checkout = join(import.meta.dirname, "..");
const required = (group: string, module: string): string | undefined => {
  const file = readFileSync(join(checkout, "testbed/programs", group, "go.mod"), "utf8");
  return new RegExp(`(?:^|\\s)${module} v(\\S+)`, "m").exec(file)?.[1];
};
const installed = (name: string): string =>
  (
    JSON.parse(readFileSync(join(checkout, "node_modules", name, "package.json"), "utf8")) as {
      version: string;
    }
  ).version;

/** What looks like a version and is none that moves. */
const NOT_PINS = new Set([
  // What Istio's own source says in the place of a version.
  "1.0.0",
  // Formats: of SARIF, and of a network configuration for containerd.
  ...["2.1.0", "0.4.0"],
  // An image that nobody pulls, what the stand-in for AWS makes up, and an example in a message.
  ...["registry.example/image:1.0.0", "v1.0.0-eksbuild.1", "v999.0.0-eksbuild.1", "1.50.0-abcdef12", "1.35.0-20261101"],
]);

/** Texts of a source that are a version, or end in one after `:`, `=` or `@`, outside comments and examples. */
const versionsIn = (source: string): string[] => {
  const text = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|such as "[^"]*"(?: or "[^"]*")?/gm, "");
  const version = /["'`]((?:[^"'`\s]*[:=@])?v?\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?)["'`]/g;
  return [...text.matchAll(version)].map(([, found = ""]) => found);
};

describe("a version", () => {
  it("is found in a source", () => {
    const source = `a("1.2"); /* "1.2.3" */ b('x==3.1.0', \`img:v1.4\`, "such as 1.2.3", "2026-11-29", "10.0.0.1", "v1");`;
    expect(versionsIn(source)).toEqual(["1.2", "x==3.1.0", "img:v1.4"]);
  });

  it("stands in no source but versions.ts", () => {
    const files = globSync("**/*.{ts,cjs}", {
      cwd: checkout,
      exclude: ["node_modules", ".state", "test", "versions.ts"],
    });
    const found = files.flatMap((file) =>
      versionsIn(readFileSync(join(checkout, file), "utf8")).map((text) => [file, text] as const),
    );
    expect(found.filter(([, text]) => !NOT_PINS.has(text))).toEqual([]);
  });
});

describe("the pins of versions.ts", () => {
  it.each([
    ["kubernetes", "k8s.io/kubernetes", testbed.kubernetes],
    ["etcd", "go.etcd.io/etcd/server/v3", testbed.etcd],
    ["coredns", "github.com/coredns/coredns", testbed.coredns],
    ["istio", "istio.io/istio", testbed.istioModule],
    ["envoy-types", "istio.io/istio", testbed.istioModule],
    ["istio-before", "istio.io/istio", testbed.istioModuleBefore],
    ["helm", "helm.sh/helm/v3", programs.helm],
    ["pulumi", "github.com/pulumi/pulumi/pkg/v3", programs.pulumi],
    ["prometheus", "github.com/prometheus/prometheus", testbed.prometheus],
    ["jaeger", "github.com/jaegertracing/jaeger", testbed.jaeger],
    ["oauth2-proxy", "github.com/oauth2-proxy/oauth2-proxy/v7", testbed.oauth2Proxy],
    ["ratelimit", "github.com/envoyproxy/ratelimit", testbed.rateLimit],
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

  it("name the image and the module of the rate limit service by one commit", () => {
    expect(product.rateLimit).toMatch(/^[0-9a-f]{8}$/);
    expect(testbed.rateLimit).toContain(`-${product.rateLimit}`);
  });

  it("name a kube-proxy of the Kubernetes that EKS runs", () => {
    expect(eks.addons["kube-proxy"]).toMatch(new RegExp(`^v${eks.kubernetes}\\.`));
  });

  it("name the plugin of the installed Kubernetes SDK", () => {
    expect(installed("@pulumi/kubernetes")).toBe(programs.kubernetesPlugin);
  });
});
