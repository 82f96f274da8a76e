import { describe, expect, it } from "vitest";
import { chartChange, chartLines, chartSummary, type RenderedRelease } from "../../../report/charts/charts.ts";
import { manifests } from "../change.ts";

type Objects = readonly Readonly<Record<string, unknown>>[];

/** One rendering of each side, or two where they differ. */
const change = (before: string, after: string, [again, afterwards] = [before, after]) => {
  const read = (text: string) => manifests(text) as Objects;
  const release: RenderedRelease = {
    ...{ release: "shop", charts: ["shop 1.0.0", "shop 1.1.0"], leftOut: [] },
    rendered: { before: [read(before), read(again)], after: [read(after), read(afterwards)] },
  };
  return chartChange(release);
};

const deployment = (more: { image?: string; env?: string; labels?: string; checksum?: string; replicas?: number }) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop, labels: { app: web, helm.sh/chart: ${more.labels ?? "shop-1.0.0"} } }
spec:
  replicas: ${more.replicas ?? 1}
  template:
    metadata: { annotations: { checksum/config: ${more.checksum ?? "a"} }, labels: { app.kubernetes.io/version: ${more.labels ?? "a"} } }
    spec:
      containers:
        - { name: side, image: "side:1" }
        - { name: web, image: "${more.image ?? "web:1"}", env: [{ name: TOKEN, value: "${more.env ?? "none"}" }] }
`;

const secret = (name: string, password: string) => `
apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: shop, annotations: { helm.sh/hook: pre-install } }
data: { password: ${password}, user: admin }
`;

const all = (...parts: string[]) => parts.join("---\n");

describe("a chart rendered on both sides", () => {
  it("names the fields that change, with the values of those that are no secrets", () => {
    const found = change(
      deployment({}),
      deployment({ image: "web:2", env: "hunter2", replicas: 3, labels: "shop-1.1.0", checksum: "b" }),
    );
    expect(chartLines(found)).toEqual([
      "changed: Deployment shop/web: spec.replicas: 1 => 3, spec.template.spec.containers[web].env[TOKEN].value, spec.template.spec.containers[web].image: web:1 => web:2",
    ]);
    expect(chartSummary(found)).toBe("shop (shop 1.0.0 => shop 1.1.0): objects: 1 changed");
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  it("leaves out what each version of a chart changes anyway", () => {
    const webhook = (bundle: string) => `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: web }
webhooks: [{ name: a.example.com, clientConfig: { caBundle: ${bundle}, service: { name: web } } }]
`;
    const found = change(
      all(deployment({}), webhook("AAAA")),
      all(deployment({ labels: "shop-1.1.0", checksum: "b" }), webhook("BBBB")),
    );
    expect(chartSummary(found)).toBe("shop (shop 1.0.0 => shop 1.1.0): no object changes");
  });

  it("leaves out what is made up anew each time, and not what changes beside it", () => {
    const sides = [secret("web", "a1"), secret("web", "b1")] as const;
    expect(chartLines(change(...sides, [secret("web", "a2"), secret("web", "b2")]))).toEqual([]);
    const renamed = secret("web", "b1").replace("user: admin", "user: root");
    expect(
      chartLines(change(secret("web", "a1"), renamed, [secret("web", "a2"), renamed.replace("b1", "b2")])),
    ).toEqual(["changed: Secret shop/web (hook): data.user"]);
    // A clock that struck between the two sides, but not between the two renderings of one.
    expect(
      chartLines(change(secret("web", "t1"), secret("web", "t2"), [secret("web", "t2"), secret("web", "t2")])),
    ).toEqual([]);
  });

  it("knows an object under another name", () => {
    const found = change(all(secret("web-abc", "x"), deployment({})), all(deployment({}), secret("web-def", "x")));
    expect(chartLines(found)).toEqual(["renamed: Secret shop/web-abc (hook) => web-def"]);
    // A name that is another one each time is no news at all.
    const first = [secret("web-a", "1"), secret("web-b", "2")] as const;
    expect(chartLines(change(...first, [secret("web-c", "3"), secret("web-d", "4")]))).toEqual([]);
  });

  it("names what comes and what goes, hooks included, and what goes for ever", () => {
    const definition = (name: string, keep = "") => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${name}, annotations: { ${keep} } }
spec: {}
`;
    const found = change(
      all(
        definition("carts.shop.example"),
        definition("kept.shop.example", "helm.sh/resource-policy: keep"),
        deployment({}),
      ),
      secret("web", "x"),
    );
    expect(chartLines(found)).toEqual([
      "removed: CustomResourceDefinition carts.shop.example",
      "removed: CustomResourceDefinition kept.shop.example, which stays in the cluster",
      "removed: Deployment shop/web",
      "added: Secret shop/web (hook)",
    ]);
    expect(found.lostKinds).toEqual(["carts.shop.example"]);
  });

  it("looks into configuration that is YAML, and names what is new as a whole", () => {
    const config = (mesh: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio }
data: { mesh: '${mesh}', plain: "text: [" }
`;
    const [old, next] = [config("{ accessLogFile: none }"), config("{ accessLogFile: /x, tracing: { a: { b: 1 } } }")];
    expect(chartLines(change(old, next))).toEqual([
      "changed: ConfigMap istio: data.mesh.accessLogFile, data.mesh.tracing added",
    ]);
  });

  it("says the same field of a definition's versions once, without the words of its schema", () => {
    const definition = (more: string) => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: carts.shop.example }
spec:
  versions:
    - { name: v1, schema: { openAPIV3Schema: { properties: { spec: { properties: { items: { items: { properties: { a: { description: old${more} } } } } } } } } } }
    - { name: v2, schema: { openAPIV3Schema: { properties: { spec: { properties: { items: { items: { properties: { a: { description: old${more} } } } } } } } } } }
`;
    expect(chartLines(change(definition(""), definition("er")))).toEqual([]);
    expect(chartLines(change(definition(""), definition(", type: string")))).toEqual([
      "changed: CustomResourceDefinition carts.shop.example: spec.a.type added",
    ]);
  });

  it("says why where it could not be compared", () => {
    const found = chartChange({
      ...{ release: "shop", charts: ["shop 1.0.0", "shop 1.1.0"], leftOut: ["shop: secret values change"] },
      rendered: { reason: "no" },
    });
    expect(found.undecided).toEqual(["the chart of shop: no", "shop: secret values change"]);
    expect(chartSummary(found)).toBe("shop (shop 1.0.0 => shop 1.1.0): not compared");
  });
});
