import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { load, loadAll } from "js-yaml";
import { ENCRYPTED } from "../../../lib/schema/problems.ts";
import { settingsProblems } from "../../../settings/parse.ts";
import { Draft } from "../../../settings/draft.ts";
import { trafficCombinations } from "../../../settings/traffic.ts";
import { changed, type Path } from "../everything.ts";
import { inStackFile } from "../stackFile.ts";
import { acrossTheStack } from "./acrossTheStack.ts";

/** What is said of a stack file with such traffic. */
function problems(traffic: string, beside = ""): readonly { path: string; reason: string }[] {
  const settings = { ...(loadAll(beside)[0] as object | undefined), traffic: load(traffic) };
  return settingsProblems(inStackFile(settings));
}

const cart = "applications: { shop: { services: { cart: { port: 8080, versions: { v1: { image: acme/cart:1 } } } } } }";
const othersGateway = "gateways: [istio-system/public], hosts: [r.example.com]";

describe("traffic of which the stack does not know enough", () => {
  it.each<[what: string, traffic: string, beside?: string]>([
    ["a service that somebody else runs", "legacy: { routes: [{ match: [{ port: 81 }] }, { to: [{ port: 82 }] }] }"],
    ["connections to a service that somebody else runs", "legacy: { tcpRoutes: [{ match: [{ port: 81 }] }] }"],
    ["versions of a service that somebody else runs", "legacy: { subsets: { v8: {} }, routes: [{ to: { v8: 100 } }] }"],
    ["a limit for pods of somebody else", "legacy: { rateLimit: { requests: 1, per: 1s, workload: { app: old } } }"],
    [
      "a service of another namespace",
      "reviews: { routes: [{ to: [{ host: pay.bank.svc.cluster.local, port: 7 }] }] }",
    ],
    ["a host outside", "reviews: { routes: [{ to: [{ host: www.example.com, port: 7, subset: v3 }] }] }"],
    ["names that are near, and not by a slip", "details2: { routes: [{}] }"],
    [
      "namespaces that differ in one letter",
      "cart: { namespace: team-a, routes: [{ match: [{ sourceNamespace: team-b }] }, {}] }",
      cart.replace("shop", "team-a"),
    ],
    [
      "clients of a tenant",
      "reviews: { routes: [{ match: [{ sourceNamespace: bank, sourceLabels: { app: teller } }] }, {}] }",
    ],
    [
      "labels of clients that may be a tenant's",
      "reviews: { routes: [{ match: [{ sourceLabels: { team: blue } }] }, {}] }",
    ],
    [
      "connections at the gateway of somebody else",
      `reviews: { ${othersGateway}, tcpRoutes: [{ match: [{ port: 3000 }] }] }`,
    ],
    [
      "TLS at the gateway of somebody else",
      `reviews: { ${othersGateway}, tlsRoutes: [{ match: [{ sniHosts: [r.example.com] }] }] }`,
    ],
    [
      "a port of the gateway of somebody else",
      `reviews: { ${othersGateway}, routes: [{ match: [{ port: 8443 }] }, {}] }`,
    ],
    ["another host in the mesh", "reviews: { hosts: [old.example.com], routes: [{ match: [{ port: 81 }] }, {}] }"],
    ["rules for sidecars of one namespace", 'reviews: { exportTo: ["."], routes: [{ timeout: 1s }] }'],
    ["a version that is prepared", "reviews: { subsets: { v1: {}, v4: {} }, routes: [{ to: { v1: 100, v4: 0 } }] }"],
    ["a version that is only named", "reviews: { subsets: { v1: {}, v4: {} }, routes: [{ to: { v1: 100 } }] }"],
    [
      "a version that a controller makes",
      "reviews: { subsets: { v1: {}, next: {} }, routes: [{ to: { v1: 50, next: 50 } }], weightsManagedBy: manual }",
    ],
    [
      "the service by all of its names",
      "reviews: { routes: [{ to: [{ host: ratings.bookinfo.svc.cluster.local, port: 9080 }] }] }",
    ],
    [
      "two ingresses for two paths of one host",
      "reviews: { ingress: { hosts: [a.b], port: 9080, paths: [{ prefix: /r }] } }\nratings: { ingress: { hosts: [a.b], port: 9080 } }",
    ],
    [
      "ingresses of two classes",
      "reviews: { ingress: { hosts: [a.b], port: 9080 } }\nratings: { ingress: { hosts: [a.b], port: 9080, className: nginx } }",
    ],
    [
      "OpenShift's router before the gateway of somebody else",
      `reviews: { ${othersGateway}, routes: [{}], openShiftRoute: { hosts: [r.example.com] } }`,
    ],
    [
      "OpenShift's router before an ingress",
      "reviews: { ingress: { hosts: [a.b], port: 9080 }, openShiftRoute: { hosts: [a.b] } }",
    ],
    [
      "one address for HTTP, by which hosts are told apart",
      "a.b: { external: { ports: { http: { number: 80, protocol: HTTP } }, addresses: [10.0.0.9] } }\nc.d: { external: { ports: { http: { number: 80, protocol: HTTP } }, addresses: [10.0.0.9] } }",
    ],
  ])("is accepted: %s", (_what, traffic, beside) => {
    expect(problems(traffic, beside)).toEqual([]);
  });

  it("has an answer, whatever stands in place of a part of it", () => {
    const parts = acrossTheStack.flatMap(({ traffic }) => [...placesIn({ traffic: load(traffic) as object })]);
    const odd: unknown[] = [ENCRYPTED, { toString: "" }, [{ toString: "" }], [ENCRYPTED]];
    const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(...odd));
    fc.assert(
      fc.property(fc.constantFrom(...parts), anything, ([whole, place], value) => {
        const found = [...trafficCombinations(new Draft(changed(whole, place, value)))];
        expect(found.every(({ path }) => path[0] === "traffic")).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

/** Every place in a value, with the value. */
function* placesIn(whole: object, value: unknown = whole, path: Path = []): Iterable<readonly [object, Path]> {
  if (path.length > 0) yield [whole, path];
  if (typeof value !== "object" || value === null) return;
  const isList = Array.isArray(value);
  for (const [key, part] of Object.entries(value)) yield* placesIn(whole, part, [...path, isList ? Number(key) : key]);
}
