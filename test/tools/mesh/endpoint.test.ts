import { describe, expect, it } from "vitest";
import { publicPageOf } from "../../../tools/mesh/endpoint.ts";
import type { Target } from "../../../tools/stack/target.ts";

const EKS: Target = { kind: "eks", kubeconfig: "kubeconfig" };
const ADDRESS = "k8s-mesh-0a1b2c3d4e.elb.eu-west-1.amazonaws.com";
const ingress = { namespace: "istio-ingress", service: "istio-ingressgateway" };
const bookinfo = { namespace: "bookinfo", scheme: "https", host: "bookinfo.acme.com", path: "/productpage" };
const outputs = { ingress: { ...ingress, address: ADDRESS }, bookinfo };

describe("the product page by its name in DNS", () => {
  it("is at the host itself, to which DNS leads by the load balancer", () => {
    const page = { url: "https://bookinfo.acme.com/productpage", host: "bookinfo.acme.com", address: ADDRESS };
    expect(publicPageOf(EKS, outputs)).toEqual(page);
    expect(publicPageOf({ kind: "existing" }, outputs)).toEqual(page);
    const plain = { ...outputs, bookinfo: { ...bookinfo, scheme: "http" } };
    expect(publicPageOf(EKS, plain)?.url).toBe("http://bookinfo.acme.com/productpage");
  });

  it("is not there on the testbed, nor for a gateway without an address, nor without the page", () => {
    expect(publicPageOf({ kind: "testbed", name: "local" }, outputs)).toBeUndefined();
    expect(publicPageOf(EKS, { ingress, bookinfo })).toBeUndefined();
    expect(publicPageOf(EKS, { ingress: outputs.ingress })).toBeUndefined();
    expect(publicPageOf(EKS, {})).toBeUndefined();
  });

  it.each(["bookinfo.localhost", "bookinfo.local", "shop.test", "*.acme.com", "*"])(
    "is not there for %s, which no DNS knows as one host",
    (host) => {
      expect(publicPageOf(EKS, { ...outputs, bookinfo: { ...bookinfo, host } })).toBeUndefined();
    },
  );

  it("takes no part of a name for its end", () => {
    const host = "localhost.acme.com";
    expect(publicPageOf(EKS, { ...outputs, bookinfo: { ...bookinfo, host } })?.host).toBe(host);
  });
});
