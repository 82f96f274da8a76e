import { shop } from "./stackFile.ts";

const CART = "applications.shop.services.cart";
const V1 = `${CART}.versions.v1`;

/** Settings with one thing wrong in them, by what that is, and the paths that are named for it. */
export const wrong: readonly (readonly [wrong: string, settings: Record<string, unknown>, paths: readonly string[]])[] =
  [
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
      "an old place for no egress gateway",
      { istio: { egressGateway: { enabled: false, alsoIn: "istio-system" } } },
      ["istio.egressGateway.enabled"],
    ],
    [
      "a gateway of old in another place",
      { istio: { ingressGateway: { alsoIn: "istio-ingress" } } },
      ["istio.ingressGateway.alsoIn"],
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
      "a name for a gateway",
      { istio: { values: { egressGateway: { name: "egress" } } } },
      ["istio.values.egressGateway.name"],
    ],
    [
      "the type of the gateway as a chart's value",
      { istio: { values: { ingressGateway: { service: { type: "NodePort" } } } } },
      ["istio.values.ingressGateway.service.type"],
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
    ["a host of the gateway by a short name", { bookinfo: { hosts: ["localhost"] } }, ["bookinfo.hosts[0]"]],
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
      "an exposed service that does not speak HTTP",
      shop({}, { protocol: "redis" }, { exposure: { service: "cart", hosts: ["a.b"] } }),
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
  ];
