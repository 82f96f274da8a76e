import { describe, expect, it } from "vitest";
import { parseSettings, settingsProblems } from "../../settings/parse";

/** Paths without the project, for short tables. */
function pathsOf(config: Record<string, unknown>): string[] {
  const prefixed = Object.fromEntries(Object.entries(config).map(([key, value]) => [`mesh:${key}`, value]));
  return settingsProblems(prefixed).map(({ path }) => path.replace(/^mesh:/, ""));
}

const shop = (version: object, service: object = {}, application: object = {}) => ({
  applications: {
    shop: {
      services: { cart: { port: 8080, versions: { v1: { image: "acme/cart:1.4.0", ...version } }, ...service } },
      ...application,
    },
  },
});
const CART = "applications.shop.services.cart";
const V1 = `${CART}.versions.v1`;

describe("settings", () => {
  it("are those of the demo profile where the stack file says nothing", () => {
    expect(parseSettings({})).toEqual({
      settings: {
        profile: "demo",
        cluster: {},
        istio: {
          version: "1.31.1",
          ingressGateway: { type: "LoadBalancer" },
          egressGateway: { enabled: true },
          timeout: 300,
        },
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

  it.each<[wrong: string, config: Record<string, unknown>, paths: string[]]>([
    ["a profile that is not there", { profile: "prod" }, ["profile"]],
    ["a section that is no map", { istio: "demo", bookinfo: true }, ["bookinfo", "istio"]],
    ["an empty context", { cluster: { context: "" } }, ["cluster.context"]],
    ["a version that YAML takes for a number", { istio: { version: 1.31 } }, ["istio.version"]],
    ["a version with a v", { istio: { version: "v1.31.1" } }, ["istio.version"]],
    ["charts with two sources", { istio: { charts: { folder: "a", oci: "oci://b/c" } } }, ["istio.charts"]],
    ["charts without a source", { istio: { charts: {} } }, ["istio.charts"]],
    ["a repository that is no URL", { istio: { charts: { repository: "istio/base" } } }, ["istio.charts.repository"]],
    ["a tag that moves", { istio: { images: { tag: "latest" } } }, ["istio.images.tag"]],
    ["a hub with a slash at the end", { istio: { images: { hub: "registry.example.com/" } } }, ["istio.images.hub"]],
    [
      "nodePorts with LoadBalancer",
      { istio: { ingressGateway: { type: "LoadBalancer", nodePorts: { http: 30080 } } } },
      ["istio.ingressGateway.nodePorts"],
    ],
    ["nodePorts without a type", { istio: { ingressGateway: { nodePorts: {} } } }, ["istio.ingressGateway.nodePorts"]],
    [
      "nodePorts out of range",
      { istio: { ingressGateway: { type: "NodePort", nodePorts: { http: 80 } } } },
      ["istio.ingressGateway.nodePorts.http"],
    ],
    [
      "the same nodePort twice",
      { istio: { ingressGateway: { type: "NodePort", nodePorts: { http: 30080, https: 30080 } } } },
      ["istio.ingressGateway.nodePorts.https"],
    ],
    [
      "an annotation that is a boolean",
      { istio: { ingressGateway: { annotations: { "a.b/c": true } } } },
      ['istio.ingressGateway.annotations["a.b/c"]'],
    ],
    ["half a pod", { istio: { ingressGateway: { replicas: 0.5 } } }, ["istio.ingressGateway.replicas"]],
    [
      "two scales",
      { istio: { egressGateway: { replicas: 2, autoscaling: { min: 1, max: 2 } } } },
      ["istio.egressGateway.replicas"],
    ],
    [
      "a maximum below the minimum",
      { istio: { ingressGateway: { autoscaling: { min: 3, max: 2 } } } },
      ["istio.ingressGateway.autoscaling.max"],
    ],
    [
      "a scale for no egress gateway",
      { istio: { egressGateway: { enabled: false, replicas: 2 } } },
      ["istio.egressGateway.enabled"],
    ],
    [
      "values for no egress gateway",
      { istio: { egressGateway: { enabled: false }, values: { egressGateway: {} } } },
      ["istio.values.egressGateway"],
    ],
    ["more than all traces", { istio: { tracing: { sampling: 101 } } }, ["istio.tracing.sampling"]],
    ["a duration without a unit", { istio: { timeout: "5" } }, ["istio.timeout"]],
    ["a duration of nothing", { istio: { timeout: "0s" } }, ["istio.timeout"]],
    ["a duration in days", { istio: { timeout: "1d" } }, ["istio.timeout"]],
    [
      "a value that the gateway chart forbids",
      { istio: { values: { ingressGateway: { nonsense: true } } } },
      ["istio.values.ingressGateway.nonsense"],
    ],
    [
      "a value of a type that the gateway chart forbids",
      { istio: { values: { egressGateway: { replicaCount: "2" } } } },
      ["istio.values.egressGateway.replicaCount"],
    ],
    [
      "one gateway pod in production",
      {
        profile: "production",
        istio: { ingressGateway: { replicas: 1 }, egressGateway: { autoscaling: { min: 1, max: 2 } } },
      },
      ["istio.egressGateway.autoscaling.min", "istio.ingressGateway.replicas"],
    ],
    ["a pod alone in production", { profile: "production", ...shop({ replicas: 1 }) }, [`${V1}.replicas`]],
    ["a namespace of Kubernetes", { bookinfo: { namespace: "kube-system" } }, ["bookinfo.namespace"]],
    ["all hosts", { bookinfo: { hosts: ["*"] } }, ["bookinfo.hosts[0]"]],
    ["an address for a host", { bookinfo: { hosts: ["a.b", "10.0.0.1"] } }, ["bookinfo.hosts[1]"]],
    ["a URL for a host", { bookinfo: { hosts: ["https://a.b"] } }, ["bookinfo.hosts[0]"]],
    ["no host", { bookinfo: { hosts: [] } }, ["bookinfo.hosts"]],
    ["a host that is no list", { bookinfo: { hosts: "a.b" } }, ["bookinfo.hosts"]],
    [
      "a database for no Bookinfo",
      { bookinfo: { enabled: false, ratings: { database: "mongodb" } } },
      ["bookinfo.ratings"],
    ],
    ["MySQL without a password", { bookinfo: { ratings: { database: "mysql" } } }, ["bookinfo.ratings.password"]],
    [
      "MongoDB with a password",
      { bookinfo: { ratings: { database: "mongodb", password: { secure: "v1:abc" } } } },
      ["bookinfo.ratings.password"],
    ],
    [
      "a password that anyone can read",
      { bookinfo: { ratings: { database: "mysql", password: "s3cret" } } },
      ["bookinfo.ratings.password"],
    ],
    [
      "a database that is not there",
      { bookinfo: { ratings: { database: "postgres" } } },
      ["bookinfo.ratings.database"],
    ],
    [
      "a name in capitals",
      { applications: { Shop: { services: { cart: { versions: { v1: { image: "acme/cart:1" } } } } } } },
      ["applications.Shop"],
    ],
    [
      "a Service that begins with a digit",
      { applications: { shop: { services: { "2cart": { versions: { v1: { image: "acme/cart:1" } } } } } } },
      ["applications.shop.services.2cart"],
    ],
    ["no services", { applications: { shop: { services: {} } } }, ["applications.shop.services"]],
    ["no versions", { applications: { shop: { services: { cart: { versions: {} } } } } }, [`${CART}.versions`]],
    ["port 0", shop({}, { port: 0 }), [`${CART}.port`]],
    ["port 65536", shop({}, { port: 65536 }), [`${CART}.port`]],
    ["a port that is a string", shop({}, { port: "80" }), [`${CART}.port`]],
    ["an image without a tag", shop({ image: "ghcr.io/acme/cart" }), [`${V1}.image`]],
    ["an image whose registry has a port, without a tag", shop({ image: "localhost:5000/cart" }), [`${V1}.image`]],
    ["an image with a tag that moves", shop({ image: "acme/cart:latest" }), [`${V1}.image`]],
    ["no image", shop({ image: undefined }), [`${V1}.image`]],
    ["root", shop({ user: 0 }), [`${V1}.user`]],
    ["the sidecar's user", shop({ user: 1337 }), [`${V1}.user`]],
    ["an amount of memory without a unit", shop({ limits: { memory: "512" } }), [`${V1}.limits.memory`]],
    ["more memory requested than allowed", shop({ requests: { memory: "1Gi" } }), [`${V1}.requests.memory`]],
    ["a variable twice", shop({ env: { A: "1" }, secretEnv: { A: { secure: "v1:abc" } } }), [`${V1}.env.A`]],
    ["a variable with a hyphen", shop({ env: { "A-B": "1" } }), [`${V1}.env.A-B`]],
    ["a secret variable that anyone can read", shop({ secretEnv: { TOKEN: "s3cret" } }), [`${V1}.secretEnv.TOKEN`]],
    ["a folder without a root", shop({ writablePaths: ["tmp"] }), [`${V1}.writablePaths[0]`]],
    [
      "a health path without a port",
      {
        applications: {
          shop: { services: { cart: { healthPath: "/h", versions: { v1: { image: "acme/cart:1" } } } } },
        },
      },
      [`${CART}.healthPath`],
    ],
    [
      "an exposed service that is not there",
      shop({}, {}, { exposure: { service: "card", hosts: ["a.b"] } }),
      ["applications.shop.exposure.service"],
    ],
    [
      "a path that is exact and a prefix",
      shop({}, {}, { exposure: { service: "cart", hosts: ["a.b"], paths: [{ exact: "/a", prefix: "/b" }] } }),
      ["applications.shop.exposure.paths[0]"],
    ],
    [
      "a host of Bookinfo's",
      shop({}, {}, { exposure: { service: "cart", hosts: ["bookinfo.localhost"] } }),
      ["applications.shop.exposure.hosts[0]"],
    ],
    [
      "an application called bookinfo beside Bookinfo",
      {
        applications: {
          bookinfo: { namespace: "other", services: { cart: { versions: { v1: { image: "acme/cart:1" } } } } },
        },
      },
      ["applications.bookinfo"],
    ],
    [
      "a service of Bookinfo's in its namespace",
      {
        applications: {
          shop: { namespace: "bookinfo", services: { reviews: { versions: { v4: { image: "acme/reviews:4" } } } } },
        },
      },
      ["applications.shop.services.reviews"],
    ],
    [
      "the same service twice in a namespace",
      {
        applications: {
          a: { namespace: "n", services: { cart: { versions: { v1: { image: "acme/cart:1" } } } } },
          b: { namespace: "n", services: { cart: { versions: { v2: { image: "acme/cart:2" } } } } },
        },
      },
      ["applications.b.services.cart"],
    ],
    [
      "two services whose Deployments share a name",
      {
        applications: {
          a: {
            services: {
              cart: { versions: { "x-v1": { image: "acme/cart:1" } } },
              "cart-x": { versions: { v1: { image: "acme/cart:1" } } },
            },
          },
        },
      },
      ["applications.a.services.cart-x.versions.v1"],
    ],
    ["a number encrypted", shop({ replicas: { secure: "v1:abc" } }), [`${V1}.replicas`]],
    ["an application encrypted", { applications: { shop: { secure: "v1:abc" } } }, ["applications.shop"]],
  ])("may not name %s", (_wrong, config, paths) => {
    expect(pathsOf(config)).toEqual(paths);
  });

  it("say what is wrong, what was found and the way out", () => {
    const problems = settingsProblems({
      "mesh:profil": "demo",
      "mesh:istio": { ingressGateway: { type: "LoadBalancr" }, values: { ingressGateway: { replicaCout: 1 } } },
      "mesh:bookinfo": { colour: "red", hosts: null },
      ...Object.fromEntries(Object.entries(shop({ image: undefined })).map(([key, value]) => [`mesh:${key}`, value])),
    });
    expect(problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      `mesh:${V1}.image is missing; it must be an image with a fixed tag or a digest, such as ghcr.io/acme/cart:1.4.0`,
      "mesh:bookinfo.colour is no setting; there are enabled, namespace, hosts, images, client, ratings",
      "mesh:bookinfo.hosts must be a list of hosts; it is nothing",
      "mesh:istio.ingressGateway.type must be LoadBalancer, NodePort or ClusterIP; it is a string",
      "mesh:istio.values.ingressGateway.replicaCout is no value of the chart gateway 1.31.1; did you mean replicaCount?",
      "mesh:profil is no setting; did you mean profile?",
    ]);
  });

  it("are those of the project, whatever other namespaces hold", () => {
    expect(settingsProblems({ "aws:region": "eu-west-1", "kubernetes:foo": 1, "shop:bar": 1 })).toEqual([]);
    expect(settingsProblems({ "shop:bar": 1 }, "shop").map(({ path }) => path)).toEqual(["shop:bar"]);
    expect(settingsProblems({ profile: "demo" })).toEqual([
      { path: "profile", reason: "has no namespace; did you mean mesh:profile?" },
    ]);
  });

  it("may be JSON in a string, as Pulumi keeps them", () => {
    expect(settingsProblems({ "mesh:istio": '{"accessLog":"yes"}' }).map(({ path }) => path)).toEqual([
      "mesh:istio.accessLog",
    ]);
  });
});
