import { describe, expect, it } from "vitest";
import { Application } from "../../../components/application/application.ts";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import type { ApplicationData, ServiceArgs } from "../../../components/application/service.ts";
import type { Profile } from "../../../components/profile.ts";
import { record, the } from "../../recorder.ts";
import { CONTROL_PLANE, mesh } from "../mesh.ts";

const KNOWN = /^(mesh:application|kubernetes:(test|core|apps|policy)\/v1):/;
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const cart: ServiceArgs = {
  port: 8080,
  healthPath: "/health",
  versions: { v1: { image: "acme/cart:1" }, v2: { image: "acme/cart:2", replicas: 1 } },
};

const recordShop = (
  services: Record<string, ServiceArgs>,
  profile: Profile = "demo",
  { preview = false, ...more }: { preview?: boolean } & Pick<ApplicationData, "imagePullPolicy"> = {},
) =>
  record(
    () => new Application("shop", { namespace: new MeshNamespace("store"), services, profile, mesh: mesh(), ...more }),
    KNOWN,
    { preview },
  );

describe("Application", () => {
  it.each([true, false])(
    "is an account and a Service for each service, a Deployment for each version (preview: %s)",
    async (preview) => {
      const resources = await recordShop({ cart }, "demo", { preview });
      expect(resources.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
        "kubernetes:apps/v1:Deployment shop-cart-v1",
        "kubernetes:apps/v1:Deployment shop-cart-v2",
        "kubernetes:core/v1:Namespace store",
        "kubernetes:core/v1:Service shop-cart",
        "kubernetes:core/v1:ServiceAccount shop-cart",
        CONTROL_PLANE,
        "mesh:application:Application shop",
        "mesh:application:MeshNamespace store",
      ]);
    },
  );

  it("names its objects as those who call them do", async () => {
    const resources = await recordShop({ cart });
    expect(the(resources, "Service", "shop-cart").inputs).toMatchObject({
      metadata: { name: "cart", namespace: "store" },
      spec: { selector: { app: "cart" }, ports: [{ name: "http", port: 8080 }] },
    });
    expect(the(resources, "ServiceAccount", "shop-cart").inputs).toMatchObject({
      metadata: { name: "shop-cart", namespace: "store" },
    });
    expect(the(resources, "Deployment", "shop-cart-v2").inputs).toMatchObject({
      metadata: { name: "cart-v2", namespace: "store" },
      spec: {
        selector: { matchLabels: { app: "cart", version: "v2" } },
        template: {
          metadata: { labels: { app: "cart", version: "v2" } },
          spec: { serviceAccountName: "shop-cart", containers: [{ name: "cart", image: "acme/cart:2" }] },
        },
      },
    });
  });

  it("takes back what others change in its objects", async () => {
    const resources = await recordShop(
      { cart: { ...cart, versions: { v1: { image: "acme/cart:1", secretEnv: { A: "b" } } } } },
      "production",
    );
    const objects = resources.filter(({ type }) => /^kubernetes:(core|apps|policy)/.test(type));
    expect(objects.map(({ type }) => type.split(":").at(-1)).sort()).toEqual([
      "Deployment",
      "Namespace",
      "PodDisruptionBudget",
      "Secret",
      "Service",
      "ServiceAccount",
    ]);
    for (const { inputs } of objects) {
      expect(inputs).toMatchObject({ metadata: { annotations: { "pulumi.com/patchForce": "true" } } });
    }
  });

  it("starts pods once the control plane injects sidecars, and nothing else waits for it", async () => {
    const resources = await recordShop(
      { cart, job: { versions: { v1: { image: "acme/job:1", secretEnv: { A: "b" } } } } },
      "production",
    );
    const waiting = resources.filter(({ dependsOn }) => dependsOn.includes(CONTROL_PLANE));
    expect(waiting.map(({ name }) => name).sort()).toEqual(["shop-cart-v1", "shop-cart-v2", "shop-job-v1"]);
    expect(new Set(waiting.map(({ type }) => type))).toEqual(new Set(["kubernetes:apps/v1:Deployment"]));
    expect(the(resources, "Deployment", "shop-job-v1").dependsOn).toEqual(
      expect.arrayContaining([
        "kubernetes:core/v1:Namespace store",
        "kubernetes:core/v1:ServiceAccount shop-job",
        "kubernetes:core/v1:Secret shop-job-v1",
      ]),
    );
  });

  it("has no Service where there is no port", async () => {
    const resources = await recordShop({ job: { versions: { v1: { image: "acme/job:1" } } } });
    expect(resources.filter(({ type }) => type.endsWith(":Service"))).toEqual([]);
  });

  it("keeps secret variables in a Secret, encrypted in the state", async () => {
    const resources = await recordShop({
      cart: { port: 1, versions: { v1: { image: "acme/cart:1", secretEnv: { TOKEN: "s3cret" } } } },
    });
    expect(the(resources, "Secret", "shop-cart-v1").inputs).toMatchObject({
      metadata: { name: "cart-v1", namespace: "store" },
      data: { ...SECRET, value: { TOKEN: Buffer.from("s3cret").toString("base64") } },
    });
    const { inputs } = the(resources, "Deployment", "shop-cart-v1");
    expect(inputs).toMatchObject({
      spec: { template: { spec: { containers: [{ envFrom: [{ secretRef: { name: "cart-v1" } }] }] } } },
    });
    expect(JSON.stringify(inputs)).not.toContain("s3cret");
  });

  it("keeps a pod of each version in production when nodes are drained, where there are two", async () => {
    const resources = await recordShop({ cart }, "production");
    const budgets = resources.filter(({ type }) => type.endsWith(":PodDisruptionBudget"));
    expect(budgets.map(({ name }) => name)).toEqual(["shop-cart-v1"]);
    expect(budgets[0]?.inputs).toMatchObject({
      metadata: { namespace: "store" },
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: "cart", version: "v1" } } },
    });
  });

  it("pulls images as it is told", async () => {
    const resources = await recordShop({ cart }, "demo", { imagePullPolicy: "Never" });
    expect(the(resources, "Deployment", "shop-cart-v1").inputs).toMatchObject({
      spec: { template: { spec: { containers: [{ imagePullPolicy: "Never" }] } } },
    });
  });
});

describe("MeshNamespace", () => {
  it.each([
    [{}, { "istio-injection": "enabled" }],
    [{ revision: "canary" }, { "istio.io/rev": "canary" }],
  ])("with %j has one injection label", async (args, label) => {
    const resources = await record(() => new MeshNamespace("store", args), KNOWN);
    expect(the(resources, "Namespace", "store").inputs.metadata).toEqual({
      name: "store",
      labels: { ...label, "pod-security.kubernetes.io/warn": "restricted" },
      annotations: { "pulumi.com/patchForce": "true" },
    });
  });
});
