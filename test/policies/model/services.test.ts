import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../policies/model/field.ts";
import { covers, overlap, serviceNameOf } from "../../../istio/hosts.ts";
import { HostIndex } from "../../../policies/model/hosts.ts";
import { readServices } from "../../../policies/model/services.ts";
import { unknown } from "../judge.ts";
import { meshOf, type Described } from "../meshOf.ts";

const reviews: Described = ["Service", "reviews", "shop"];
const exported = (exportTo: string): Described => [
  "Service",
  "reviews",
  "shop",
  { metadata: { annotations: { "networking.istio.io/exportTo": exportTo } } },
];
const entry = (hosts: unknown, more: object = {}): Described => [
  "ServiceEntry",
  "outside",
  "shop",
  { spec: { hosts, ...more } },
];

describe("a service is found by its host", () => {
  it.each<[what: string, objects: Described[], host: string, from: string, found: string | undefined]>([
    ["short, in its namespace", [reviews], "reviews", "shop", "reviews.shop.svc.cluster.local"],
    ["short, elsewhere", [reviews], "reviews", "other", undefined],
    ["in full, elsewhere", [reviews], "reviews.shop.svc.cluster.local", "other", "reviews.shop.svc.cluster.local"],
    ["with a dot, which is not short", [reviews], "reviews.shop", "shop", undefined],
    [
      "exported to where it is asked",
      [exported("a, other")],
      "reviews.shop.svc.cluster.local",
      "other",
      "reviews.shop.svc.cluster.local",
    ],
    [
      "exported to its namespace, asked elsewhere",
      [exported(".")],
      "reviews.shop.svc.cluster.local",
      "other",
      undefined,
    ],
    ["exported to its namespace", [exported(".")], "reviews", "shop", "reviews.shop.svc.cluster.local"],
    ["of a ServiceEntry", [entry(["api.example"])], "api.example", "other", "api.example"],
    ["of a private ServiceEntry", [entry(["api.example"], { exportTo: ["."] })], "api.example", "other", undefined],
    ["under a wildcard", [entry(["*.example"])], "api.example", "other", "*.example"],
    ["by name before the wildcard", [entry(["*.example", "api.example"])], "api.example", "other", "api.example"],
    ["as narrow a wildcard", [entry(["*.example"])], "*.api.example", "other", "*.example"],
    ["not by a wider wildcard", [entry(["*.api.example"])], "*.example", "other", undefined],
  ])("%s", (_what, objects, host, from, found) => {
    const service = meshOf(objects).derive(readServices).find(host, from);
    expect(service === UNKNOWN ? "unknown" : service?.host).toBe(found);
  });

  it.each<[what: string, objects: Described[], host?: string]>([
    ["a Service's namespace", [["Service", "reviews", unknown.text]]],
    ["a Service's name", [["Service", unknown.text, "shop"]]],
    ["who sees the Service", [exported(unknown.text)], "reviews.shop.svc.cluster.local"],
    ["the hosts of a ServiceEntry", [entry(unknown.list)]],
    ["a host of a ServiceEntry", [entry([unknown.text])]],
    ["who sees the ServiceEntry", [entry(["reviews"], { exportTo: [unknown.text] })], "reviews.shop.svc.cluster.local"],
    ["what a chart installs", [["Release", "mongo", "other", { chart: "mongodb" }]]],
  ])("or may be there while nobody knows %s", (_what, objects, host = "reviews") => {
    expect(meshOf(objects).derive(readServices).find(host, "other")).toBe(UNKNOWN);
  });

  it("of Istio's own charts", () => {
    const mesh = meshOf([["Release", "istio-ingressgateway", "istio-system", { chart: "./gateway" }]]);
    const host = "istio-ingressgateway.istio-system.svc.cluster.local";
    expect(mesh.derive(readServices).of(host)).toHaveLength(1);
  });
});

describe("hosts", () => {
  it.each([
    ["reviews.shop.svc.cluster.local", { name: "reviews", namespace: "shop" }],
    ["a.b.c.svc.cluster.local", undefined],
    ["shop.svc.cluster.local", undefined],
    ["reviews.shop", undefined],
    ["", undefined],
  ])("%s is that of a Service or not", (host, expected) => {
    expect(serviceNameOf(host)).toEqual(expected);
  });

  const label = fc.constantFrom("a", "b", "ab");
  const host = fc
    .tuple(fc.constantFrom("", "*", "*."), fc.array(label, { minLength: 1, maxLength: 3 }))
    .map(([wildcard, labels]) => wildcard + labels.join("."));

  it("overlap when one covers the other, in either order", () => {
    fc.assert(
      fc.property(host, host, (one, other) => {
        expect(overlap(one, other)).toBe(overlap(other, one));
        expect(covers(one, one)).toBe(true);
        expect(covers("*", one)).toBe(true);
      }),
    );
  });

  it("are found in the index as by comparing them all", () => {
    fc.assert(
      fc.property(fc.uniqueArray(host), host, (hosts, asked) => {
        const index = new HostIndex<string>();
        for (const each of hosts) index.add(each, each);
        const wildcards = hosts.filter((each) => each.startsWith("*") && covers(each, asked));
        expect([...index.covering(asked)].sort()).toEqual(wildcards.sort());
        expect(index.exactly(asked)).toEqual(hosts.filter((each) => each === asked));
      }),
    );
  });
});
