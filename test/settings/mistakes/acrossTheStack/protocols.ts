import type { Mistake } from "../mistake.ts";

const mysql = "bookinfo: { ratings: { database: mysql, password: { secure: v1:abc } } }";
const mongodb = "bookinfo: { ratings: { database: mongodb } }";

/** Rules for another protocol than the service's. */
export const protocols: readonly Mistake[] = [
  {
    mistake: "routes of TCP for a service of HTTP",
    traffic: "reviews: { subsets: { v1: {} }, tcpRoutes: [{ to: { v1: 100 } }] }",
    right: "reviews: { subsets: { v1: {} }, routes: [{ to: { v1: 100 } }] }",
    stoppedBy: { path: "traffic.reviews.tcpRoutes" },
    says: /no effect.*protocol is http: write routes/,
  },
  {
    mistake: "routes of TLS for a service of HTTP",
    traffic: "reviews: { tlsRoutes: [{ match: [{ sniHosts: [reviews] }] }] }",
    right: "reviews: { routes: [{}] }",
    stoppedBy: { path: "traffic.reviews.tlsRoutes" },
    says: /no effect.*write routes/,
  },
  {
    mistake: "routes of HTTP for MongoDB",
    beside: mongodb,
    traffic: "mongodb: { routes: [{ timeout: 2s }] }",
    right: "mongodb: { tcpRoutes: [{}] }",
    stoppedBy: { path: "traffic.mongodb.routes" },
    says: /no effect.*protocol is mongo: write tcpRoutes/,
  },
  {
    mistake: "a fault of HTTP for MySQL",
    beside: mysql,
    traffic: "mysqldb: { routes: [{ fault: { abort: { httpStatus: 500 } } }] }",
    right: "mysqldb: { trafficPolicy: { connectionPool: { tcp: { maxConnections: 10 } } } }",
    stoppedBy: { path: "traffic.mysqldb.routes" },
    says: /no effect.*protocol is tcp/,
  },
  {
    mistake: "a limit of requests for MySQL",
    beside: mysql,
    traffic: "mysqldb: { rateLimit: { requests: 10, per: 1s } }",
    right: "ratings: { rateLimit: { requests: 10, per: 1s } }",
    stoppedBy: { path: "traffic.mysqldb.rateLimit" },
    says: /sees no requests: leave it out/,
  },
  {
    mistake: "limits of requests on their way to MongoDB",
    beside: mongodb,
    traffic: "mongodb: { trafficPolicy: { connectionPool: { http: { http2MaxRequests: 10 } } } }",
    right: "mongodb: { trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 10 } } } }",
    stoppedBy: { path: "traffic.mongodb.trafficPolicy.connectionPool.http" },
    says: /use connectionPool\.tcp/,
  },
  {
    mistake: "pods of MongoDB chosen by a header",
    beside: mongodb,
    traffic: "mongodb: { trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: user } } } }",
    right: "mongodb: { trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true } } } }",
    stoppedBy: { path: "traffic.mongodb.trafficPolicy.loadBalancer.consistentHash.httpHeaderName" },
    says: /use useSourceIp/,
  },
  {
    mistake: "MongoDB behind a gateway of HTTP",
    beside: mongodb,
    traffic: "mongodb: { exposure: { hosts: [db.localhost] } }",
    right: "ratings: { exposure: { hosts: [db.localhost] } }",
    stoppedBy: { path: "traffic.mongodb.exposure" },
    says: /does not understand.*protocol is mongo/,
  },
  {
    mistake: "requests of HTTP sent to MongoDB",
    beside: mongodb,
    traffic: "ratings: { routes: [{ to: [{ host: mongodb }] }] }",
    right: "ratings: { routes: [{ to: [{ host: reviews }] }] }",
    stoppedBy: { path: "traffic.ratings.routes[0].to[0].host" },
    says: /does not understand HTTP/,
  },
  {
    mistake: "routes of TCP for TLS",
    beside:
      "applications: { shop: { services: { cart: { port: 443, protocol: https, versions: { v1: { image: acme/cart:1 } } } } } }",
    traffic: "cart: { namespace: shop, tcpRoutes: [{}] }",
    right: "cart: { namespace: shop, tlsRoutes: [{ match: [{ sniHosts: [cart] }] }] }",
    stoppedBy: { path: "traffic.cart.tcpRoutes" },
    says: /protocol is https: write tlsRoutes/,
  },
];
