import { describe, expect, it } from "vitest";
import { parseSettings, settingsProblems } from "../../settings/parse.ts";
import { schema } from "../../settings/schema.ts";
import { inStackFile, pathsOf, shop } from "./stackFile.ts";

describe("settings", () => {
  it("are those of the demo profile where the stack file says nothing", () => {
    expect(parseSettings({})).toEqual({
      settings: {
        profile: "demo",
        scope: "all",
        cluster: {},
        istio: {
          version: "1.31.1",
          ingressGateway: { type: "LoadBalancer" },
          egressGateway: { enabled: true },
          timeout: 300,
        },
        images: { pin: {} },
        bookinfo: {
          enabled: true,
          namespace: "bookinfo",
          hosts: ["bookinfo.localhost"],
          images: {
            registry: "registry.istio.io/release",
            tag: "1.20.3",
            client: "docker.io/curlimages/curl:8.16.0",
          },
          client: true,
        },
        applications: {},
        traffic: {},
        trafficFiles: [],
        rateLimitService: {},
        security: {},
        telemetry: { providers: {}, namespaces: {} },
        observability: { timeout: 300 },
        scenario: "none",
      },
    });
  });

  it.each<[right: string, config: Record<string, unknown>]>([
    [
      "a kubeconfig and a context",
      { cluster: { kubeconfig: "~/.kube/config", context: "arn:aws:eks:eu-west-1:1:cluster/a" } },
    ],
    ["charts of a repository", { istio: { charts: { repository: "https://charts.example.com/istio" } } }],
    ["charts of a registry", { istio: { charts: { oci: "oci://registry.example.com/charts" } } }],
    ["charts in a folder", { istio: { charts: { folder: "./charts" } } }],
    [
      "images of another registry",
      { istio: { images: { hub: "localhost:5000/istio", tag: "1.31.1-distroless", pullPolicy: "Always" } } },
    ],
    ["a hub without a host", { istio: { images: { hub: "local", tag: "dev", pullPolicy: "IfNotPresent" } } }],
    [
      "ports of the nodes",
      { istio: { ingressGateway: { type: "NodePort", nodePorts: { http: 30080, https: 30443 } } } },
    ],
    ["a gateway without a way in from outside", { istio: { ingressGateway: { type: "ClusterIP" } } }],
    ["no egress gateway", { istio: { egressGateway: { enabled: false } } }],
    ["a share of traces below one percent", { istio: { tracing: { sampling: 0.1 } } }],
    [
      "a value of each chart",
      {
        istio: {
          values: {
            base: { a: 1 },
            istiod: { a: 1 },
            ingressGateway: { nodeSelector: { a: "b" } },
            egressGateway: { tolerations: [] },
          },
        },
      },
    ],
    [
      "a value that a newer gateway chart may have",
      { istio: { version: "1.32.0", values: { ingressGateway: { novelty: true } } } },
    ],
    [
      "two in production",
      { profile: "production", istio: { ingressGateway: { replicas: 2 } }, ...shop({ replicas: 2 }) },
    ],
    ["an encrypted password", { bookinfo: { ratings: { database: "mysql", password: { secure: "v1:abc" } } } }],
    ["an encrypted section", { bookinfo: { secure: "v1:abc" } }],
    ["an image by its digest", shop({ image: `ghcr.io/acme/cart@sha256:${"0".repeat(64)}` })],
    ["an encrypted variable", shop({ secretEnv: { TOKEN: { secure: "v1:abc" } } })],
    [
      "a service that nobody calls",
      { applications: { shop: { services: { job: { versions: { v1: { image: "acme/job:1" } } } } } } },
    ],
    [
      "an exposed service",
      shop({}, {}, { exposure: { service: "cart", hosts: ["shop.example.com"], paths: [{ prefix: "/cart" }] } }),
    ],
    [
      "two applications in one namespace",
      {
        applications: {
          a: { namespace: "shop", services: { one: { versions: { v1: { image: "acme/one:1" } } } } },
          b: { namespace: "shop", services: { two: { versions: { v1: { image: "acme/two:1" } } } } },
        },
      },
    ],
    [
      "an application beside Bookinfo",
      {
        applications: {
          shop: { namespace: "bookinfo", services: { cart: { versions: { v1: { image: "acme/cart:1" } } } } },
        },
      },
    ],
  ])("may name %s", (_right, config) => {
    expect(pathsOf(config)).toEqual([]);
  });

  it("say what is wrong, what was found and the way out", () => {
    const problems = settingsProblems({
      "mesh:profil": "demo",
      "mesh:istio": { ingressGateway: { type: "LoadBalancr" }, values: { ingressGateway: { replicaCout: 1 } } },
      "mesh:bookinfo": { color: "red", hosts: null },
      ...inStackFile(shop({ image: undefined })),
    });
    expect(problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      "mesh:applications.shop.services.cart.versions.v1.image is missing; it must be an image with a fixed tag or a digest, such as ghcr.io/acme/cart:1.4.0",
      "mesh:bookinfo.color is no setting; there are enabled, namespace, hosts, tls, images, client, ratings",
      "mesh:bookinfo.hosts must be a list of hosts; it is nothing",
      "mesh:istio.ingressGateway.type must be LoadBalancer, NodePort or ClusterIP; it is a string",
      "mesh:istio.values.ingressGateway.replicaCout is no value of the chart gateway 1.31.1; did you mean replicaCount?",
      "mesh:profil is no setting; did you mean profile?",
    ]);
  });

  it("are those of the project, whatever other namespaces hold", () => {
    const others = { "aws:region": "eu-west-1", "kubernetes:foo": 1, "eks:bar": 1, "pulumi:tags": { a: "b" } };
    expect(settingsProblems(others)).toEqual([]);
    expect(settingsProblems({ "shop:bar": 1 }, { project: "shop" }).map(({ path }) => path)).toEqual(["shop:bar"]);
    expect(settingsProblems({ profile: "demo" })).toEqual([
      { path: "profile", reason: "has no namespace; did you mean mesh:profile?" },
    ]);
  });

  it("may be JSON in a string, as Pulumi keeps them", () => {
    expect(settingsProblems({ "mesh:istio": '{"accessLog":"yes"}' }).map(({ path }) => path)).toEqual([
      "mesh:istio.accessLog",
    ]);
  });

  it("of a cluster alone are no more than those about a cluster, whatever keys there are", () => {
    const aboutTheMesh = Object.keys(schema.shape).filter((key) => !["profile", "scope", "cluster"].includes(key));
    expect(aboutTheMesh).toContain("telemetry");
    const settings = { scope: "cluster", ...Object.fromEntries(aboutTheMesh.map((key) => [key, "something"])) };
    const refused = settingsProblems(inStackFile(settings)).filter(({ reason }) => reason.startsWith("has no place"));
    expect(refused.map(({ path }) => path).sort()).toEqual(aboutTheMesh.map((key) => `mesh:${key}`).sort());
  });
});
