import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSettings } from "../../settings/parse.ts";
import { scenarios } from "../../scenarios/index.ts";
import { withScenario } from "../../settings/scenario.ts";
import type { ParsedSettings } from "../../settings/schema.ts";
import { fullHosts } from "../components/traffic/fixtures.ts";

type Raw = Readonly<Record<string, unknown>>;

/** A stack file as data: what is written there, and nothing else. */
const written = (value: unknown) => JSON.parse(JSON.stringify(value)) as Raw;

const problemsOf = (raw: Raw) => {
  const parsed = parseSettings(written(raw));
  return "problems" in parsed ? parsed.problems : [];
};
const pathsOf = (raw: Raw) => problemsOf(raw).map(({ path }) => path);
const wordsOf = (raw: Raw) => problemsOf(raw).map(({ path, reason }) => `${path} ${reason}`);

/** The settings that hold. */
function settingsOf(raw: Raw) {
  const parsed = parseSettings(written(raw));
  if (!("settings" in parsed)) throw new Error(JSON.stringify(parsed.problems));
  return withScenario<ParsedSettings>(parsed.settings);
}

const reviews = { subsets: { v1: {}, v2: {} }, routes: [{ to: { v1: 90, v2: 10 } }] };
const external = { ports: { http: { number: 80, protocol: "HTTP" } }, egressGateway: true };
const shop = { services: { cart: { port: 8080, versions: { v1: { image: "acme/cart:1" } } } } };
/** A stack that has the namespace of the hosts, but none of them: nothing is known of their ports and pods. */
const othersHosts = { bookinfo: { enabled: false }, applications: { shop: { ...shop, namespace: "bookinfo" } } };

describe("mesh:traffic", () => {
  it("can say all that the arguments can", () => {
    const traffic = Object.fromEntries(
      Object.entries(fullHosts).map(([name, rules]) => [name, { namespace: "bookinfo", ...rules }]),
    );
    expect(wordsOf({ ...othersHosts, traffic })).toEqual([]);
    expect(settingsOf({ ...othersHosts, traffic }).traffic).toEqual(written(traffic));
  });

  it("is one changed number for a step of a canary", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (weight) => {
        const routes = [{ to: { v1: 100 - weight, v2: weight } }];
        expect(wordsOf({ traffic: { reviews: { ...reviews, routes } } })).toEqual([]);
      }),
    );
  });

  it.each<[why: string, raw: Raw, paths: string[]]>([
    ["it is a list", { traffic: [] }, ["mesh:traffic"]],
    ["a host is a list", { traffic: { reviews: [] } }, ["mesh:traffic.reviews"]],
    ["a host is an expression", { traffic: { "rev*": reviews } }, ['mesh:traffic["rev*"]']],
    [
      "an argument is not known",
      { traffic: { reviews: { ...reviews, timeuot: "1s" } } },
      ["mesh:traffic.reviews.timeuot"],
    ],
    [
      "a subset is not there",
      { traffic: { reviews: { ...reviews, routes: [{ to: { v3: 100 } }] } } },
      ["mesh:traffic.reviews.routes[0].to.v3"],
    ],
    [
      "a host with dots has a wrong part",
      { traffic: { "a.example.com": { external: { ports: {} } } } },
      ['mesh:traffic["a.example.com"].external.ports'],
    ],
    [
      "a namespace is not the stack's",
      { traffic: { reviews: { ...reviews, namespace: "shop" } } },
      ["mesh:traffic.reviews.namespace"],
    ],
    [
      "there is no Bookinfo",
      { bookinfo: { enabled: false }, traffic: { reviews } },
      ["mesh:traffic.reviews.namespace"],
    ],
    [
      "a host stands there twice",
      { traffic: { reviews, "reviews.bookinfo.svc.cluster.local": reviews } },
      ['mesh:traffic["reviews.bookinfo.svc.cluster.local"]'],
    ],
    [
      "there is no egress gateway",
      { istio: { egressGateway: { enabled: false } }, traffic: { "a.b": { external } } },
      ['mesh:traffic["a.b"].external.egressGateway'],
    ],
    [
      "a host is exposed already",
      { traffic: { reviews: { ...reviews, exposure: { hosts: ["bookinfo.localhost"] } } } },
      ["mesh:traffic.reviews.exposure.hosts[0]"],
    ],
  ])("is refused where %s", (_why, raw, paths) => {
    expect(pathsOf(raw)).toEqual(paths);
  });

  it("may be about an application's services", () => {
    const traffic = { cart: { namespace: "shop", subsets: { v1: {} }, routes: [{ to: { v1: 100 } }] } };
    expect(wordsOf({ applications: { shop }, traffic })).toEqual([]);
    expect(wordsOf({ applications: { shop: { ...shop, namespace: "store" } }, traffic })).toEqual([
      "mesh:traffic.cart.namespace must be a namespace of this stack: bookinfo or store",
    ]);
  });

  it("may be about hosts of the same name in two namespaces", () => {
    const traffic = { reviews, "shop-reviews": { ...reviews, host: "reviews", namespace: "shop" } };
    expect(wordsOf({ applications: { shop }, traffic })).toEqual([]);
  });

  it("names everything that is wrong at once", () => {
    const wrong = {
      reviews: { subsets: { v1: {} }, routes: [{ to: { v2: 90 }, timeout: 5, retries: { attempts: -1 } }] },
      ratings: { trafficPolicy: { loadBalancer: { simple: "LEAST_CONN" } }, routs: [] },
    };
    expect(pathsOf({ traffic: wrong })).toEqual([
      "mesh:traffic.ratings.routs",
      "mesh:traffic.ratings.trafficPolicy.loadBalancer.simple",
      "mesh:traffic.reviews.routes[0].retries.attempts",
      "mesh:traffic.reviews.routes[0].timeout",
      "mesh:traffic.reviews.routes[0].to",
      "mesh:traffic.reviews.routes[0].to.v2",
    ]);
  });

  it("has an answer to anything in the place of any value, and never quotes it", () => {
    const places = [...placesIn({ traffic: fullHosts })];
    const secret = "s3cret-s3cret";
    const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(secret, [secret], { [secret.length]: secret }));
    fc.assert(
      fc.property(fc.constantFrom(...places), anything, (place, value) => {
        const problems = problemsOf(changed({ traffic: fullHosts }, place, value) as Raw);
        expect(problems.every(({ path }) => path.startsWith("mesh:traffic"))).toBe(true);
        expect(problems.map(({ reason }) => reason).join()).not.toContain(secret);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("mesh:scenario", () => {
  it.each(scenarios.map(({ id }) => id))("can be %s", (scenario) => {
    expect(wordsOf({ scenario })).toEqual([]);
    expect(settingsOf({ scenario }).traffic).toEqual(scenarios.find(({ id }) => id === scenario)?.traffic);
  });

  it("is none where the stack file does not say", () => {
    expect(settingsOf({})).toMatchObject({ scenario: "none", traffic: {}, peerAuthentications: {} });
    expect(settingsOf({ scenario: "none", traffic: { reviews } }).traffic).toEqual({ reviews });
  });

  it.each<[why: string, raw: Raw, words: string]>([
    ["nearly", { scenario: "reviews-80-2" }, "mesh:scenario is the name of no scenario; did you mean reviews-80-20?"],
    ["without Bookinfo", { scenario: "all-v1", bookinfo: { enabled: false } }, "mesh:scenario is about Bookinfo"],
    [
      "without the gateway",
      { scenario: "egress-gateway", istio: { egressGateway: { enabled: false } } },
      "mesh:scenario needs the egress",
    ],
    ["as a number", { scenario: 80 }, "mesh:scenario must be the name of a scenario"],
  ])("is refused %s", (_why, raw, words) => {
    expect(wordsOf(raw)).toEqual([expect.stringContaining(words)]);
  });

  it("gives way to what the stack file says of a host, as a whole", () => {
    const { traffic } = settingsOf({
      scenario: "ratings-delay",
      traffic: { ratings: { routes: [{ timeout: "1s" }] } },
    });
    expect(traffic.ratings).toEqual({ routes: [{ timeout: "1s" }] });
    expect(Object.keys(traffic).sort()).toEqual(["details", "productpage", "ratings", "reviews"]);
  });

  it("stands beside what the stack file says of other hosts and of Istio", () => {
    const { traffic, istio } = settingsOf({
      scenario: "egress",
      traffic: { "api.example.com": { external: { ports: external.ports } } },
      istio: { accessLog: false, values: { istiod: { meshConfig: { enableTracing: true } }, base: { global: {} } } },
    });
    expect(Object.keys(traffic).sort()).toEqual(["api.example.com", "www.example.com"]);
    expect(istio).toMatchObject({
      accessLog: false,
      values: {
        base: { global: {} },
        istiod: { meshConfig: { enableTracing: true, outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } } },
      },
    });
  });

  it("gives way to a chart value of the stack file", () => {
    const values = { istiod: { meshConfig: { outboundTrafficPolicy: { mode: "ALLOW_ANY" } } } };
    expect(settingsOf({ scenario: "egress", istio: { values } }).istio.values).toEqual(values);
  });

  it("is for Bookinfo's namespace, whatever its name", () => {
    const { peerAuthentications } = settingsOf({ scenario: "mtls-strict", bookinfo: { namespace: "books" } });
    expect(peerAuthentications).toEqual({ books: { mode: "STRICT" } });
  });
});

/** Paths of all values, down to the smallest. */
function* placesIn(value: unknown, path: readonly string[] = []): Iterable<readonly string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) yield* placesIn(part, [...path, key]);
}

/** A copy with another value in one place. */
function changed(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value))
    return value.map((part: unknown, index) => (String(index) === key ? changed(part, rest, other) : part));
  const parts = value as Record<string, unknown>;
  return { ...parts, [key]: changed(parts[key], rest, other) };
}
