// Changes of releases and of the cloud, of which no object of the mesh tells.
import type { RenderedRelease, Twice } from "../../report/charts/charts.ts";
import type { Manifest } from "../../report/charts/manifest.ts";
import { manifests, type Changed } from "./change.ts";

const OPEN = {
  service: {
    type: "LoadBalancer",
    loadBalancerClass: "service.k8s.aws/nlb",
    annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" },
  },
};

function release(
  name: string,
  chart: string,
  versions: readonly [string, string],
  values: readonly [object, object] = [{}, {}],
): Changed {
  const [before, after] = ([0, 1] as const).map((side) => ({
    ...{ name, chart, version: versions[side], namespace: "istio-system", values: values[side] },
  })) as [object, object];
  return { type: "kubernetes:helm.sh/v3:Release", name, before, after, diffs: ["version", "values"] };
}

const rendered = (
  release: string,
  charts: readonly [string, string],
  [before, after]: readonly [object[], object[]],
): RenderedRelease => {
  const twice = (objects: object[]): Twice => [objects as Manifest[], objects as Manifest[]];
  return { release, charts, rendered: { before: twice(before), after: twice(after) }, leftOut: [] };
};

const gatewayService = (type: string) =>
  manifests(`
apiVersion: v1
kind: Service
metadata: { name: istio-ingressgateway, namespace: istio-system }
spec: { type: ${type}, ports: [{ name: http2, port: 80 }] }
`);

const definition = (name: string) =>
  manifests(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${name} }
spec: { group: istio.io, names: { kind: ${name === "old.istio.io" ? "Old" : "New"} } }
`);

const istiod = (version: string, memory: string) =>
  manifests(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { helm.sh/chart: istiod-${version} } }
spec:
  template:
    spec: { containers: [{ name: discovery, image: "docker.io/istio/pilot:${version}", resources: { requests: { memory: ${memory}Mi } } }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "{ defaultConfig: { holdApplicationUntilProxyStarts: ${version === "1.31.1"} } }" }
`);

const nodes = (type: string, count: number) => ({
  instanceTypes: [type],
  scalingConfig: { minSize: count, maxSize: 2 * count, desiredSize: count },
});

/** Those of a release of a chart, and of the cloud. */
export const BESIDE: Readonly<
  Record<string, { readonly steps: readonly Changed[]; readonly releases?: RenderedRelease[] }>
> = {
  "gateway-type": {
    steps: [
      release("istio-ingressgateway", "gateway", ["1.31.1", "1.31.1"], [{ service: { type: "ClusterIP" } }, OPEN]),
    ],
    releases: [
      rendered(
        "istio-ingressgateway",
        ["gateway 1.31.1", "gateway 1.31.1"],
        [gatewayService("ClusterIP"), gatewayService("LoadBalancer")],
      ),
    ],
  },
  "istio-upgrade": {
    steps: [release("istio-base", "base", ["1.30.1", "1.31.1"]), release("istiod", "istiod", ["1.30.1", "1.31.1"])],
    releases: [
      rendered("istio-base", ["base 1.30.1", "base 1.31.1"], [definition("old.istio.io"), definition("new.istio.io")]),
      rendered("istiod", ["istiod 1.30.1", "istiod 1.31.1"], [istiod("1.30.1", "64"), istiod("1.31.1", "128")]),
    ],
  },
  "node-group": {
    steps: [
      {
        ...{ type: "aws:eks/nodeGroup:NodeGroup", name: "default", op: "replace" },
        ...{ diffs: ["instanceTypes", "scalingConfig"], keys: ["instanceTypes"] },
        before: nodes("m7g.large", 2),
        after: nodes("m7g.xlarge", 3),
      },
    ],
  },
  "secret-rotation": {
    steps: [
      {
        ...{ type: "kubernetes:core/v1:Secret", name: "grafana-admin", diffs: ["data"] },
        before: { metadata: { name: "grafana-admin", namespace: "istio-system" }, data: "[secret]" },
        after: { metadata: { name: "grafana-admin", namespace: "istio-system" }, data: "[secret]" },
      },
    ],
    releases: [
      {
        ...rendered("kiali-server", ["kiali-server 2.4.0", "kiali-server 2.4.0"], [[], []]),
        leftOut: ["kiali-server: secret values change, which are not shown"],
      },
    ],
  },
};
