// Settings with an object of every kind that a stack makes on a cluster that is there, and with commands in texts of all kinds.
import { product } from "../../../versions.ts";

const jwks = JSON.stringify({
  keys: [
    {
      kty: "EC",
      crv: "P-256",
      kid: "one",
      x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
      y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    },
  ],
});

/** What a shell would run, were it to read one of the texts in which it stands. */
export const PLANTED = "$(touch planted-1)`touch planted-2`; touch planted-3 #' \" && touch planted-4";

/** By the keys of a stack file; those of charts and images come on top. */
export const everyKind = {
  "mesh:istio": {
    revision: "one",
    tags: { stable: "one" },
    values: {
      istiod: {
        autoscaleEnabled: true,
        autoscaleMin: 1,
        global: { networkPolicy: { enabled: true } },
      },
      egressGateway: { podDisruptionBudget: { minAvailable: 1 } },
    },
    egressGateway: { autoscaling: { min: 2, max: 2 } },
  },
  "mesh:security": {
    mtls: "STRICT",
    authorization: { services: { details: { from: ["productpage"] } } },
    jwt: { company: { issuer: "https://login.example.com", jwks, on: ["details"], required: true } },
    sidecarScopes: true,
    networkPolicies: true,
  },
  "mesh:telemetry": { mesh: { accessLog: { enabled: true } } },
  "mesh:applications": {
    shop: {
      services: {
        cart: {
          port: 9080,
          versions: {
            v1: {
              image: `registry.istio.io/release/examples-bookinfo-details-v1:${product.bookinfo}`,
              env: { PLANTED, LINES: `a\n${PLANTED}\n` },
              podAnnotations: { "example.com/planted": PLANTED },
            },
          },
        },
      },
    },
  },
  "mesh:traffic": {
    details: { routes: [{ headers: { request: { set: { "x-planted": PLANTED } } } }] },
    reviews: { rateLimit: { scope: "mesh", requests: 100, per: "1m" } },
    productpage: { ingress: { hosts: ["plain.bookinfo.localhost"], port: 9080, paths: [{ prefix: "/" }] } },
    "mysqldb.vm.svc.cluster.local": {
      external: {
        ports: { mysql: { number: 3306, protocol: "TCP" } },
        workloads: { vm: { address: "10.0.0.5", labels: { version: "v1" } } },
      },
      subsets: { v1: {} },
      tcpRoutes: [{ to: { v1: 100 } }],
    },
  },
};
