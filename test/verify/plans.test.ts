import type { V1Pod } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import type { Declared, Gateway, Service, VirtualService } from "../../verify/declared.ts";
import type { Mesh } from "../../verify/mesh.ts";
import { plansOf } from "../../verify/plans.ts";

const metadata = (name: string, namespace = "bookinfo") => ({ name, namespace });
const pod = (name: string, labels: Record<string, string>): V1Pod => ({ metadata: { ...metadata(name), labels } });

const service = (name: string, port = 9080): Service => ({
  kind: "Service",
  metadata: metadata(name),
  spec: { selector: { app: name }, ports: [{ port }] },
});
const routes = (spec: VirtualService["spec"]): VirtualService => ({
  kind: "VirtualService",
  metadata: metadata("routes"),
  spec,
});
type Servers = NonNullable<Gateway["spec"]["servers"]>;
const gateway = (servers: Servers, selector = { istio: "ingressgateway" }): Gateway => ({
  kind: "Gateway",
  metadata: metadata("entry"),
  spec: { selector, servers },
});
const http = (hosts: string[]) => ({ port: { number: 80, name: "http", protocol: "HTTP" }, hosts });
const https = (hosts: string[], mode: "SIMPLE" | "MUTUAL" = "SIMPLE") => ({
  port: { number: 443, name: "https", protocol: "HTTPS" },
  hosts,
  tls: { mode },
});

function plansFor(declared: Partial<Declared>, more: Partial<Mesh> = {}) {
  const everything: Declared = {
    virtualServices: [],
    destinationRules: [],
    gateways: [],
    peerAuthentications: [],
    authorizationPolicies: [],
    sidecars: [],
    serviceEntries: [],
    envoyFilters: [],
    configMaps: [],
    services: [service("reviews"), service("cart", 8080)],
    deployments: [],
    others: [],
    registryOnly: false,
    ...declared,
  };
  const { plans, findings } = plansOf({
    declared: everything,
    client: { pod: pod("sleep", { app: "sleep" }), container: "sleep" },
    ingress: { namespace: "istio-system", pods: [pod("ingress", { istio: "ingressgateway" })] },
    portForwards: { http: 8080, https: 8443 },
    ...more,
  } as Mesh);
  return {
    plans: plans.map(({ host, index, source: { from, place }, paths, narrow = false }) => ({
      host,
      index,
      from,
      port: place.port,
      paths,
      narrow,
    })),
    open: findings.flatMap(({ checks }) => checks.map(({ note }) => note)),
  };
}

const toReviews = { route: [{ destination: { host: "reviews" } }] };

describe("a route is measured", () => {
  it("from inside, by the service's own port and path", () => {
    const { plans } = plansFor({ virtualServices: [routes({ hosts: ["reviews"], http: [toReviews, toReviews] })] });
    const plan = { host: "reviews", from: "inside", port: 9080, paths: ["/reviews/0"], narrow: false };
    expect(plans).toEqual([
      { ...plan, index: 0 },
      { ...plan, index: 1 },
    ]);
  });

  it("by the path of its readiness where nothing else is known", () => {
    const deployments: Declared["deployments"] = [
      {
        kind: "Deployment",
        metadata: metadata("cart-v1"),
        spec: {
          template: {
            metadata: { labels: { app: "cart", version: "v1" } },
            spec: { containers: [{ readinessProbe: { httpGet: { path: "/ready" } } }] },
          },
        },
      },
    ];
    const { plans } = plansFor({ virtualServices: [routes({ hosts: ["cart"], http: [{}] })], deployments });
    expect(plans.map(({ paths, port }) => ({ paths, port }))).toEqual([{ paths: ["/ready"], port: 8080 }]);
  });

  it.each(["reviews", "reviews.bookinfo.svc.cluster.local"])("when its host is written %s", (host) => {
    expect(plansFor({ virtualServices: [routes({ hosts: [host], http: [{}] })] }).plans).toHaveLength(1);
  });

  it("one request at a time where the service takes only a few", () => {
    const spec = { host: "reviews", trafficPolicy: { connectionPool: { http: { http2MaxRequests: 1 } } } };
    const destinationRules = [{ kind: "DestinationRule", metadata: metadata("rule"), spec }];
    const virtualServices = [routes({ hosts: ["reviews"], http: [{}] })];
    expect(plansFor({ virtualServices, destinationRules }).plans[0]?.narrow).toBe(true);
  });

  it("from outside, by the hosts and portForwards of its gateway", () => {
    const hosts = ["reviews", "shop.localhost"];
    const virtualServices = [routes({ hosts, gateways: ["mesh", "entry"], http: [toReviews] })];
    const gateways = [gateway([http(["shop.localhost"]), https(["shop.localhost"])])];
    expect(plansFor({ virtualServices, gateways }).plans.map(({ host, from, port }) => [host, from, port])).toEqual([
      ["reviews", "inside", 9080],
      ["shop.localhost", "outside", 80],
      ["shop.localhost", "outside", 443],
    ]);
  });

  it.each<[why: string, gateway: Gateway]>([
    ["another gateway's pods serve it", gateway([http(["shop.localhost"])], { istio: "egressgateway" })],
    ["clients need a certificate", gateway([https(["shop.localhost"], "MUTUAL")])],
    ["it only redirects", gateway([{ ...http(["shop.localhost"]), tls: { httpsRedirect: true } }])],
    ["it is for other hosts", gateway([http(["other.localhost"])])],
  ])("not from outside where %s", (_why, entry) => {
    const virtualServices = [routes({ hosts: ["shop.localhost"], gateways: ["entry"], http: [toReviews] })];
    expect(plansFor({ virtualServices, gateways: [entry] }).plans).toEqual([]);
  });

  it("at its own gateways only", () => {
    const match = [{ gateways: ["mesh"] }];
    const virtualServices = [
      routes({ hosts: ["reviews", "shop.localhost"], gateways: ["mesh", "entry"], http: [{ match, ...toReviews }] }),
    ];
    const gateways = [gateway([http(["shop.localhost"])])];
    expect(plansFor({ virtualServices, gateways }).plans.map(({ from }) => from)).toEqual(["inside"]);
  });
});

describe("a policy of a host without routes", () => {
  const rule = (host: string) => ({ kind: "DestinationRule", metadata: metadata("rule"), spec: { host } });

  it("is measured by a request like any other", () => {
    const { plans } = plansFor({ destinationRules: [rule("reviews")] });
    expect(plans.map(({ host, from }) => [host, from])).toEqual([["reviews", "inside"]]);
  });

  it("is measured with the routes where there are some", () => {
    const virtualServices = [routes({ hosts: ["reviews.bookinfo.svc.cluster.local"], http: [{}] })];
    expect(plansFor({ virtualServices, destinationRules: [rule("reviews")] }).plans).toHaveLength(1);
  });
});

describe("what cannot be measured is said", () => {
  it("of an object of a kind that no check reads", () => {
    const others = [{ kind: "Ingress", metadata: metadata("shop"), spec: {} }];
    expect(plansFor({ others }).open).toEqual(["no check supports it"]);
  });

  it.each<[why: string, spec: VirtualService["spec"], more: Partial<Mesh>, note: RegExp]>([
    ["there is no client", { hosts: ["reviews"], http: [{}] }, { client: undefined }, /no client Pod/],
    ["the host is not the stack's", { hosts: ["elsewhere"], http: [{}] }, {}, /not a service of this stack/],
    ["it is for connections", { hosts: ["reviews"], tcp: [{}] }, {}, /routes are not measured/],
  ])("where %s", (_why, spec, more, note) => {
    const { plans, open } = plansFor({ virtualServices: [routes(spec)] }, more);
    expect(plans).toEqual([]);
    expect(open).toEqual([expect.stringMatching(note)]);
  });
});
