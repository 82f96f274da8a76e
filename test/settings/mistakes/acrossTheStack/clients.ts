import type { Mistake } from "../mistake.ts";

/** Pods, namespaces and gateways that are not there, or that do not see the rules. */
export const clients: readonly Mistake[] = [
  {
    mistake: "a slip in the label of clients",
    traffic: "reviews: { routes: [{ match: [{ sourceLabels: { app: productpge } }], timeout: 1s }, {}] }",
    right: "reviews: { routes: [{ match: [{ sourceLabels: { app: productpage } }], timeout: 1s }, {}] }",
    stoppedBy: { path: "traffic.reviews.routes[0].match[0].sourceLabels.app" },
    says: /did you mean productpage\?/,
  },
  {
    mistake: "a slip in the namespace of clients",
    traffic: "reviews: { routes: [{ match: [{ sourceNamespace: bokinfo }], timeout: 1s }, {}] }",
    right: "reviews: { routes: [{ match: [{ sourceNamespace: bookinfo }], timeout: 1s }, {}] }",
    stoppedBy: { path: "traffic.reviews.routes[0].match[0].sourceNamespace" },
    says: /did you mean bookinfo\?/,
  },
  {
    mistake: "clients of a version that is not there",
    traffic:
      "ratings: { routes: [{ match: [{ sourceNamespace: bookinfo, sourceLabels: { app: reviews, version: v4 } }], timeout: 1s }, {}] }",
    right:
      "ratings: { routes: [{ match: [{ sourceNamespace: bookinfo, sourceLabels: { app: reviews, version: v3 } }], timeout: 1s }, {}] }",
    stoppedBy: { path: "traffic.ratings.routes[0].match[0].sourceLabels" },
    says: /labels of no pod.*v1, v2 and v3/,
  },
  {
    mistake: "a limit for pods that are not there",
    traffic: "productpage: { rateLimit: { requests: 10, per: 1s, workload: { app: product-page } } }",
    right: "productpage: { rateLimit: { requests: 10, per: 1s, workload: { app: productpage, version: v1 } } }",
    stoppedBy: { path: "traffic.productpage.rateLimit.workload" },
    says: /labels of no pod.*app: productpage/,
  },
  {
    mistake: "a limit for pods without a sidecar",
    beside:
      "applications: { shop: { services: { cart: { port: 8080, versions: { v1: { image: acme/cart:1, sidecar: false } } } } } }",
    traffic: "cart: { namespace: shop, rateLimit: { requests: 10, per: 1s } }",
    right: "reviews: { rateLimit: { requests: 10, per: 1s } }",
    stoppedBy: { path: "traffic.cart.rateLimit" },
    says: /without a sidecar/,
  },
  {
    mistake: "a service that counts for nobody",
    beside: "rateLimitService: { failureMode: deny }",
    traffic: "reviews: { rateLimit: { requests: 10, per: 1s } }",
    right: "reviews: { rateLimit: { scope: mesh, requests: 10, per: 1s } }",
    stoppedBy: { path: "rateLimitService" },
    says: /nothing to count: set scope: mesh/,
  },
  {
    mistake: "a slip in the name of a gateway",
    traffic: "productpage: { gateways: [bookinfo-gatway], routes: [{}] }",
    right: "productpage: { gateways: [bookinfo-gateway], routes: [{}] }",
    stoppedBy: { path: "traffic.productpage.gateways[0]" },
    says: /did you mean bookinfo-gateway\?/,
  },
  {
    mistake: "a gateway of the stack in another namespace",
    traffic: "productpage: { gateways: [mesh, istio-system/bookinfo-gateway], routes: [{}] }",
    right: "productpage: { gateways: [mesh, istio-system/public], routes: [{}] }",
    stoppedBy: { path: "traffic.productpage.gateways[1]" },
    says: /did you mean bookinfo-gateway\?/,
  },
  {
    mistake: "exposed rules that the gateway does not see",
    traffic: 'reviews: { exposure: { hosts: [r.localhost] }, exportTo: ["."] }',
    right: 'reviews: { exposure: { hosts: [r.localhost] }, exportTo: [".", istio-ingress] }',
    stoppedBy: { path: "traffic.reviews.exportTo" },
    says: /hides the routes from the gateway.*404: add istio-ingress/,
  },
  {
    mistake: "exposed rules for some namespaces, not the gateway's",
    traffic: "reviews: { exposure: { hosts: [r.localhost] }, exportTo: [bookinfo, shop] }",
    right: 'reviews: { exposure: { hosts: [r.localhost] }, exportTo: ["*"] }',
    stoppedBy: { path: "traffic.reviews.exportTo" },
    says: /add istio-ingress/,
  },
  {
    mistake: "rules at another's gateway that it does not see",
    traffic: 'details: { gateways: [mesh, edge/public], hosts: [details.example.com], routes: [{}], exportTo: ["."] }',
    right:
      'details: { gateways: [mesh, edge/public], hosts: [details.example.com], routes: [{}], exportTo: [".", edge] }',
    stoppedBy: { path: "traffic.details.exportTo" },
    says: /add edge/,
  },
  {
    mistake: "a slip in a namespace that rules are for",
    traffic: "reviews: { routes: [{ timeout: 1s }], exportTo: [bookinfoo] }",
    right: "reviews: { routes: [{ timeout: 1s }], exportTo: [bookinfo] }",
    stoppedBy: { path: "traffic.reviews.exportTo[0]" },
    says: /did you mean bookinfo\?/,
  },
];
