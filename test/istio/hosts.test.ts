import { describe, expect, it } from "vitest";
import { qualifiedGateway } from "../../istio/gateways.ts";
import { covers, fqdnOf, overlap, qualified, serviceNameOf } from "../../istio/hosts.ts";

describe("hosts", () => {
  it.each([
    ["reviews", "reviews.shop.svc.cluster.local"],
    ["reviews.other", "reviews.other"],
    ["api.example.com", "api.example.com"],
    ["*.example.com", "*.example.com"],
    ["*", "*"],
  ])("%s means %s in the namespace shop", (host, full) => {
    expect(qualified(host, "shop")).toBe(full);
  });

  it("are Services by their full names", () => {
    const reviews = { name: "reviews", namespace: "shop" };
    expect(serviceNameOf(fqdnOf(reviews))).toEqual(reviews);
    expect(serviceNameOf("a.reviews.shop.svc.cluster.local")).toBeUndefined();
    expect(serviceNameOf("svc.cluster.local")).toBeUndefined();
    expect(serviceNameOf("reviews.shop")).toBeUndefined();
  });

  it.each([
    ["*", "a.b", true],
    ["*.b", "a.b", true],
    ["*.b", "*.a.b", true],
    ["*.b", "*.b", true],
    ["*.a.b", "*.b", false],
    ["a.b", "a.b", true],
    ["a.b", "*.b", false],
    ["*.b", "b", false],
  ])("%s covers %s: %s", (wide, narrow, expected) => {
    expect(covers(wide, narrow)).toBe(expected);
    expect(overlap(narrow, wide)).toBe(expected || covers(narrow, wide));
  });
});

describe("gateways", () => {
  it.each([
    ["mesh", "mesh"],
    ["public", "shop/public"],
    ["istio-system/public", "istio-system/public"],
    ["public.istio-system", "istio-system/public"],
    ["public.istio-system.svc.cluster.local", "istio-system/public"],
  ])("%s means %s in the namespace shop", (gateway, full) => {
    expect(qualifiedGateway(gateway, "shop")).toBe(full);
  });
});
