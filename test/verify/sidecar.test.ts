import { describe, expect, it } from "vitest";
import type { Service, Sidecar, VirtualService } from "../../verify/declared.ts";
import { knownCheck } from "../../verify/sidecarFindings.ts";

const sidecar: Sidecar = {
  kind: "Sidecar",
  metadata: { name: "calls-of-till", namespace: "shop" },
  spec: {
    workloadSelector: { labels: { app: "till" } },
    egress: [{ hosts: ["shop/cart.shop.svc.cluster.local", "./www.example.com", "istio-system/*"] }],
  },
};
const cart: Service = { kind: "Service", metadata: { name: "cart", namespace: "shop" }, spec: {} };
const toStock: VirtualService = {
  kind: "VirtualService",
  metadata: { name: "cart", namespace: "shop" },
  spec: { hosts: ["cart"], http: [{ route: [{ destination: { host: "stock" } }] }] },
};
const outbound = (...hosts: string[]) => [
  "inbound|80||",
  "BlackHoleCluster",
  ...hosts.map((host) => `outbound|80||${host}`),
];
const right = ["cart.shop.svc.cluster.local", "www.example.com", "istiod.istio-system.svc.cluster.local"];

describe("what proxies know", () => {
  it("is what their Sidecar names", () => {
    expect(knownCheck(sidecar, outbound(...right), { services: [cart], virtualServices: [] })).toMatchObject({
      measured: "3",
      verdict: "ok",
    });
  });

  it("is also where routes lead", () => {
    const clusters = outbound(...right, "stock.shop.svc.cluster.local");
    const check = (virtualServices: VirtualService[]) =>
      knownCheck(sidecar, clusters, { services: [], virtualServices });
    expect(check([toStock]).verdict).toBe("ok");
    expect(check([])).toMatchObject({ verdict: "wrong", note: "knows stock.shop.svc.cluster.local as well" });
  });

  it("lacks nothing that is named", () => {
    const check = knownCheck(sidecar, outbound("www.example.com"), { services: [cart], virtualServices: [] });
    expect(check).toMatchObject({ measured: "1, without cart.shop.svc.cluster.local", verdict: "wrong" });
  });
});
