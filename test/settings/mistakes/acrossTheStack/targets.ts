import type { Mistake } from "../mistake.ts";

const mongodb = "bookinfo: { ratings: { database: mongodb } }";

/** Services, subsets and pods that are not there. */
export const targets: readonly Mistake[] = [
  {
    mistake: "a slip in the name of a service",
    traffic: "reveiws: { routes: [{ timeout: 2s }] }",
    right: "reviews: { routes: [{ timeout: 2s }] }",
    stoppedBy: { path: "traffic.reveiws" },
    says: /did you mean reviews\?/,
  },
  {
    mistake: "a slip in the full name of a service",
    traffic: "x: { host: ratngs.bookinfo.svc.cluster.local, routes: [{ timeout: 2s }] }",
    right: "x: { host: ratings.bookinfo.svc.cluster.local, routes: [{ timeout: 2s }] }",
    stoppedBy: { path: "traffic.x.host" },
    says: /did you mean ratings\.bookinfo\.svc\.cluster\.local\?/,
  },
  {
    mistake: "a slip in the service that requests go to",
    traffic: "reviews: { routes: [{ to: [{ host: rating }] }] }",
    right: "reviews: { routes: [{ to: [{ host: ratings }] }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].to[0].host" },
    says: /did you mean ratings\?/,
  },
  {
    mistake: "a slip in the service that gets copies",
    traffic: "reviews: { routes: [{ mirrors: [{ host: detials }] }] }",
    right: "reviews: { routes: [{ mirrors: [{ host: details }] }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].mirrors[0].host" },
    says: /did you mean details\?/,
  },
  {
    mistake: "a service of an application without its namespace",
    beside: "applications: { shop: { services: { cart: { port: 8080, versions: { v1: { image: acme/cart:1 } } } } } }",
    traffic: "cart: { routes: [{ timeout: 2s }] }",
    right: "cart: { namespace: shop, routes: [{ timeout: 2s }] }",
    stoppedBy: { path: "traffic.cart" },
    says: /no service of bookinfo.*set namespace to shop/,
  },
  {
    mistake: "requests for a service of another namespace, by its short name",
    beside: "applications: { shop: { services: { cart: { port: 8080, versions: { v1: { image: acme/cart:1 } } } } } }",
    traffic: "reviews: { routes: [{ to: [{ host: cart }] }] }",
    right: "reviews: { routes: [{ to: [{ host: cart.shop.svc.cluster.local }] }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].to[0].host" },
    says: /write cart\.shop\.svc\.cluster\.local/,
  },
  {
    mistake: "an ingress to a service of another namespace",
    beside: "applications: { shop: { services: { cart: { port: 8080, versions: { v1: { image: acme/cart:1 } } } } } }",
    traffic: "cart.shop.svc.cluster.local: { ingress: { hosts: [c.localhost], port: 8080 } }",
    right: "cart.shop.svc.cluster.local: { namespace: shop, ingress: { hosts: [c.localhost], port: 8080 } }",
    stoppedBy: { path: 'traffic["cart.shop.svc.cluster.local"].ingress' },
    says: /set namespace to shop/,
  },
  {
    mistake: "requests for pods that nobody can call",
    traffic: "reviews: { routes: [{ to: [{ host: sleep }] }] }",
    right: "reviews: { routes: [{ to: [{ host: details }] }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].to[0].host" },
    says: /has no port/,
  },
  {
    mistake: "a subset that another service lacks",
    traffic: `
      ratings: { subsets: { v1: {} } }
      reviews: { routes: [{ to: [{ host: ratings, subset: v9 }] }] }`,
    right: `
      ratings: { subsets: { v1: {} } }
      reviews: { routes: [{ to: [{ host: ratings, subset: v1 }] }] }`,
    stoppedBy: { path: "traffic.reviews.routes[0].to[0].subset" },
    says: /no subset of that service; there are v1/,
  },
  {
    mistake: "a subset of another service that has none",
    traffic: "reviews: { routes: [{ to: [{ host: ratings, subset: v1 }] }] }",
    right: "reviews: { routes: [{ to: [{ host: ratings }] }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].to[0].subset" },
    says: /there are none: add subsets/,
  },
  {
    mistake: "a share for a version that is not there",
    traffic: "reviews: { subsets: { v1: {}, v9: {} }, routes: [{ to: { v1: 90, v9: 10 } }] }",
    right: "reviews: { subsets: { v1: {}, v9: {} }, routes: [{ to: { v1: 100, v9: 0 } }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].to.v9" },
    says: /503; reviews has pods of the versions v1, v2 and v3/,
  },
  {
    mistake: "a version of ratings that is another service's",
    traffic: "ratings: { subsets: { v1: {}, v2: {} }, routes: [{ to: { v2: 100 } }] }",
    right: "ratings: { subsets: { v1: {}, v2: {} }, routes: [{ to: { v1: 100 } }] }",
    stoppedBy: { path: "traffic.ratings.routes[0].to.v2" },
    says: /ratings has pods of the version v1/,
  },
  {
    mistake: "a version that Bookinfo has with another database only",
    beside: mongodb,
    traffic: "ratings: { subsets: { v2-mysql: {} }, routes: [{ to: [{ subset: v2-mysql }] }] }",
    right: "ratings: { subsets: { v2: {} }, routes: [{ to: [{ subset: v2 }] }] }",
    stoppedBy: { path: "traffic.ratings.routes[0].to[0].subset" },
    says: /versions v1 and v2/,
  },
  {
    mistake: "labels that no pod has",
    traffic:
      "reviews: { subsets: { beta: { labels: { version: v2, track: beta } } }, routes: [{ to: { beta: 100 } }] }",
    right:
      "reviews: { subsets: { beta: { labels: { version: v2, topology.kubernetes.io/zone: a } } }, routes: [{ to: { beta: 100 } }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].to.beta" },
    says: /has no pods/,
  },
  {
    mistake: "copies for a version that is not there",
    traffic: "details: { subsets: { v2: {} }, routes: [{ mirrors: [{ subset: v2 }] }] }",
    right: "details: { subsets: { v2: {} }, routes: [{ mirrors: [{ subset: v2, percentage: 0 }] }] }",
    stoppedBy: { path: "traffic.details.routes[0].mirrors[0].subset" },
    says: /copies go nowhere/,
  },
  {
    mistake: "a share for a version of a database that is not there",
    beside: mongodb,
    traffic: "mongodb: { subsets: { v1: {}, v2: {} }, tcpRoutes: [{ to: { v1: 80, v2: 20 } }] }",
    right:
      "mongodb: { subsets: { v1: {}, v2: {} }, tcpRoutes: [{ to: { v1: 80, v2: 20 } }], weightsManagedBy: manual }",
    stoppedBy: { path: "traffic.mongodb.tcpRoutes[0].to.v2" },
    says: /mongodb has pods of the version v1/,
  },
  {
    mistake: "a service of the stack as a host outside",
    traffic:
      "reviews.bookinfo.svc.cluster.local: { external: { ports: { http: { number: 9080, protocol: HTTP } }, workloads: { vm: { address: 10.0.0.5 } } } }",
    right:
      "reviews.vm.svc.cluster.local: { external: { ports: { http: { number: 9080, protocol: HTTP } }, workloads: { vm: { address: 10.0.0.5 } } } }",
    stoppedBy: { path: 'traffic["reviews.bookinfo.svc.cluster.local"].external' },
    says: /service of this stack: leave external out/,
  },
  {
    mistake: "two hosts outside that nothing tells apart",
    traffic: `
      a.example.com: { external: { ports: { db: { number: 3306, protocol: TCP } }, addresses: [10.0.0.9] } }
      b.example.com: { external: { ports: { db: { number: 3306, protocol: TCP } }, addresses: [10.0.0.9] } }`,
    right: `
      a.example.com: { external: { ports: { db: { number: 3306, protocol: TCP } }, addresses: [10.0.0.9] } }
      b.example.com: { external: { ports: { db: { number: 3306, protocol: TCP } }, addresses: [10.0.0.8] } }`,
    stoppedBy: { path: 'traffic["b.example.com"].external.addresses[0]' },
    says: /nothing else tells them apart/,
  },
];
