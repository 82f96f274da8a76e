import type { Mistake } from "../mistake.ts";

/** Two ways in for one host, or none. */
export const waysIn: readonly Mistake[] = [
  {
    mistake: "Bookinfo's host for an ingress",
    traffic: "productpage: { ingress: { hosts: [bookinfo.localhost], port: 9080 } }",
    right: "productpage: { ingress: { hosts: [plain.localhost], port: 9080 } }",
    stoppedBy: { path: "traffic.productpage.ingress.hosts[0]" },
    says: /exposed already/,
  },
  {
    mistake: "an application's host for an ingress",
    beside:
      "applications: { shop: { services: { cart: { port: 8080, versions: { v1: { image: acme/cart:1 } } } }, exposure: { service: cart, hosts: [shop.localhost] } } }",
    traffic: "productpage: { ingress: { hosts: [a.localhost, shop.localhost], port: 9080 } }",
    right: "productpage: { ingress: { hosts: [shop.localhost], port: 9080, className: nginx } }",
    stoppedBy: { path: "traffic.productpage.ingress.hosts[1]" },
    says: /exposed already/,
  },
  {
    mistake: "the host of an exposure for an ingress",
    traffic: `
      productpage: { ingress: { hosts: [r.localhost], port: 9080 } }
      reviews: { exposure: { hosts: [r.localhost] } }`,
    right: `
      productpage: { ingress: { hosts: [p.localhost], port: 9080 } }
      reviews: { exposure: { hosts: [r.localhost] } }`,
    stoppedBy: { path: "traffic.productpage.ingress.hosts[0]" },
    says: /exposed already/,
  },
  {
    mistake: "the host of a tool for an ingress",
    beside: "observability: { exposure: { domain: mesh.localhost, credentialName: tools, tools: [grafana] } }",
    traffic: "productpage: { ingress: { hosts: [grafana.mesh.localhost], port: 9080 } }",
    right: "productpage: { ingress: { hosts: [kiali.mesh.localhost], port: 9080 } }",
    stoppedBy: { path: "traffic.productpage.ingress.hosts[0]" },
    says: /exposed already/,
  },
  {
    mistake: "the host of the scenario for an ingress",
    beside: "scenario: ingress-tls",
    traffic: "reviews: { ingress: { hosts: [secure.bookinfo.localhost], port: 9080 } }",
    right: "reviews: { ingress: { hosts: [open.bookinfo.localhost], port: 9080 } }",
    stoppedBy: { path: "traffic.reviews.ingress.hosts[0]" },
    says: /exposed already/,
  },
  {
    mistake: "one path of a host for two ingresses",
    traffic: `
      productpage: { ingress: { hosts: [a.localhost], port: 9080, paths: [{ prefix: /api }] } }
      reviews: { ingress: { hosts: [a.localhost], port: 9080, paths: [{ prefix: /api/ }] } }`,
    right: `
      productpage: { ingress: { hosts: [a.localhost], port: 9080, paths: [{ prefix: /api }] } }
      reviews: { ingress: { hosts: [a.localhost], port: 9080, paths: [{ prefix: /api/reviews }] } }`,
    stoppedBy: { path: "traffic.reviews.ingress.hosts[0]" },
    says: /same path already.*older of two wins/,
  },
  {
    mistake: "a host that is exposed twice",
    traffic: `
      details: { exposure: { hosts: [a.localhost] } }
      reviews: { exposure: { hosts: [a.localhost] } }`,
    right: `
      details: { exposure: { hosts: [a.localhost] } }
      reviews: { exposure: { hosts: [b.localhost] } }`,
    stoppedBy: { path: "traffic.reviews.exposure.hosts[0]" },
    says: /exposed already/,
  },
  {
    mistake: "a host of OpenShift's router that no gateway serves",
    traffic: "productpage: { openShiftRoute: { hosts: [page.apps.example.com] } }",
    right:
      "productpage: { exposure: { hosts: [page.apps.example.com] }, openShiftRoute: { hosts: [page.apps.example.com] } }",
    stoppedBy: { path: "traffic.productpage.openShiftRoute.hosts[0]" },
    says: /served by no gateway.*exposure/,
  },
  {
    mistake: "TLS through OpenShift's router to a gateway without it",
    traffic: "productpage: { openShiftRoute: { hosts: [bookinfo.localhost], termination: passthrough } }",
    right: "productpage: { openShiftRoute: { hosts: [bookinfo.localhost], termination: edge } }",
    stoppedBy: { path: "traffic.productpage.openShiftRoute.termination" },
    says: /without TLS/,
  },
  {
    mistake: "a database of an application behind a gateway of HTTP",
    beside:
      "applications: { shop: { services: { db: { port: 3306, protocol: mysql, versions: { v1: { image: acme/db:1 } } } } } }",
    traffic: "db: { namespace: shop, exposure: { hosts: [db.localhost] } }",
    right: "db: { namespace: shop, trafficPolicy: { connectionPool: { tcp: { maxConnections: 9 } } } }",
    stoppedBy: { path: "traffic.db.exposure" },
    says: /does not understand.*protocol is mysql/,
  },
];
