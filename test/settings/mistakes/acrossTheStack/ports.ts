import type { Mistake } from "../mistake.ts";

/** Ports that the services of the stack lack. */
export const ports: readonly Mistake[] = [
  {
    mistake: "a match for another port",
    traffic: "reviews: { routes: [{ match: [{ port: 9081 }], timeout: 2s }, {}] }",
    right: "reviews: { routes: [{ match: [{ port: 9080 }], timeout: 2s }, {}] }",
    stoppedBy: { path: "traffic.reviews.routes[0].match[0].port" },
    says: /nobody calls this host.*there is 9080/,
  },
  {
    mistake: "a match for the port of the gateway in sidecars",
    traffic:
      "reviews: { exposure: { hosts: [r.localhost] }, routes: [{ match: [{ port: 80, gateways: [mesh] }] }, {}] }",
    right: "reviews: { exposure: { hosts: [r.localhost] }, routes: [{ match: [{ port: 80 }] }, {}] }",
    stoppedBy: { path: "traffic.reviews.routes[0].match[0].port" },
    says: /there is 9080/,
  },
  {
    mistake: "a match for 443 at a gateway without TLS",
    traffic:
      "reviews: { exposure: { hosts: [r.localhost] }, routes: [{ match: [{ port: 443, gateways: [reviews-ingress] }] }, {}] }",
    right:
      "reviews: { exposure: { hosts: [r.localhost], tls: { mode: SIMPLE, credentialName: r } }, routes: [{ match: [{ port: 443, gateways: [reviews-ingress] }] }, {}] }",
    stoppedBy: { path: "traffic.reviews.routes[0].match[0].port" },
    says: /there is 80/,
  },
  {
    mistake: "a match of connections for another port",
    beside: "bookinfo: { ratings: { database: mongodb } }",
    traffic: "mongodb: { subsets: { v1: {} }, tcpRoutes: [{ match: [{ port: 27018 }], to: { v1: 100 } }] }",
    right: "mongodb: { subsets: { v1: {} }, tcpRoutes: [{ match: [{ port: 27017 }], to: { v1: 100 } }] }",
    stoppedBy: { path: "traffic.mongodb.tcpRoutes[0].match[0].port" },
    says: /there is 27017/,
  },
  {
    mistake: "a policy for another port",
    traffic: "reviews: { trafficPolicy: { portLevelSettings: { 80: { loadBalancer: { simple: RANDOM } } } } }",
    right: "reviews: { trafficPolicy: { portLevelSettings: { 9080: { loadBalancer: { simple: RANDOM } } } } }",
    stoppedBy: { path: "traffic.reviews.trafficPolicy.portLevelSettings.80" },
    says: /no port of the service.*there is 9080/,
  },
  {
    mistake: "a policy of a subset for another port",
    traffic:
      "reviews: { subsets: { v1: { trafficPolicy: { portLevelSettings: { 8080: { loadBalancer: { simple: RANDOM } } } } } } }",
    right:
      "reviews: { subsets: { v1: { trafficPolicy: { portLevelSettings: { 9080: { loadBalancer: { simple: RANDOM } } } } } } }",
    stoppedBy: { path: "traffic.reviews.subsets.v1.trafficPolicy.portLevelSettings.8080" },
    says: /there is 9080/,
  },
  {
    mistake: "an ingress to another port",
    traffic: "productpage: { ingress: { hosts: [p.localhost], port: 80 } }",
    right: "productpage: { ingress: { hosts: [p.localhost], port: 9080 } }",
    stoppedBy: { path: "traffic.productpage.ingress.port" },
    says: /there is 9080/,
  },
  {
    mistake: "requests to another port",
    traffic: "reviews: { routes: [{ to: [{ port: 80 }] }] }",
    right: "reviews: { routes: [{ to: [{ port: 9080 }] }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].to[0].port" },
    says: /there is 9080/,
  },
  {
    mistake: "requests to another port of another service",
    traffic: "reviews: { routes: [{ to: [{ host: ratings, port: 80 }] }] }",
    right: "reviews: { routes: [{ to: [{ host: ratings, port: 9080 }] }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].to[0].port" },
    says: /there is 9080/,
  },
  {
    mistake: "requests to another port of an application's service, by its full name",
    beside: "applications: { shop: { services: { cart: { port: 8080, versions: { v1: { image: acme/cart:1 } } } } } }",
    traffic: "reviews: { routes: [{ to: [{ host: cart.shop.svc.cluster.local, port: 80 }] }] }",
    right: "reviews: { routes: [{ to: [{ host: cart.shop.svc.cluster.local, port: 8080 }] }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].to[0].port" },
    says: /there is 8080/,
  },
  {
    mistake: "copies to another port",
    traffic: "reviews: { subsets: { v2: {} }, routes: [{ mirrors: [{ subset: v2, port: 8080 }] }] }",
    right: "reviews: { subsets: { v2: {} }, routes: [{ mirrors: [{ subset: v2, port: 9080 }] }] }",
    stoppedBy: { path: "traffic.reviews.routes[0].mirrors[0].port" },
    says: /there is 9080/,
  },
  {
    mistake: "requests to a port that a host outside lacks",
    traffic: `
      www.example.com: { external: { ports: { http: { number: 80, protocol: HTTP } } } }
      reviews: { routes: [{ to: [{ host: www.example.com, port: 8080 }] }] }`,
    right: `
      www.example.com: { external: { ports: { http: { number: 80, protocol: HTTP } } } }
      reviews: { routes: [{ to: [{ host: www.example.com, port: 80 }] }] }`,
    stoppedBy: { path: "traffic.reviews.routes[0].to[0].port" },
    says: /there is 80/,
  },
];
