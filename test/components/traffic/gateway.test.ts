import { describe, expect, it } from "vitest";
import { gatewayName, gatewayRules, gatewayServersSpec } from "../../../components/traffic/gateway/gatewayOptions.ts";
import { declared, names, specOf } from "./declared.ts";
import { pathsOf } from "./problems.ts";

const selector = { istio: "ingressgateway" };
const hosts = ["shop.example.com"];
const http = { port: { number: 80, name: "http", protocol: "HTTP" }, hosts };
const https = { port: { number: 443, name: "https", protocol: "HTTPS" }, hosts };

describe("a gateway", () => {
  it("is plain HTTP where nothing is said of TLS", () => {
    expect(gatewayServersSpec(selector, { hosts })).toEqual({ selector, servers: [http] });
  });

  it.each(["SIMPLE", "MUTUAL"] as const)("has TLS, mode %s, and leads there from plain HTTP", (mode) => {
    const tls = { mode, credentialName: "shop" };
    expect(gatewayServersSpec(selector, { hosts, tls })).toEqual({
      selector,
      servers: [
        { ...http, tls: { httpsRedirect: true } },
        { ...https, tls },
      ],
    });
  });

  it("has no plain HTTP where that is not wanted", () => {
    const tls = { mode: "SIMPLE", credentialName: "shop" } as const;
    expect(gatewayServersSpec(selector, { hosts, tls, httpsRedirect: false }).servers).toEqual([{ ...https, tls }]);
  });

  it.each<[why: string, args: unknown, paths: string[]]>([
    ["it is for no host", { hosts: [] }, ["hosts"]],
    ["it is for all hosts", { hosts: ["*"] }, ["hosts[0]"]],
    ["there is no certificate", { hosts, tls: { mode: "SIMPLE" } }, ["tls.credentialName"]],
    ["a mode is the mesh's own", { hosts, tls: { mode: "ISTIO_MUTUAL", credentialName: "a" } }, ["tls.mode"]],
    ["it leads to nothing", { hosts, httpsRedirect: true }, ["httpsRedirect"]],
    [
      "a version has gone",
      { hosts, tls: { mode: "SIMPLE", credentialName: "a", minProtocolVersion: "TLSV1_0" } },
      ["tls.minProtocolVersion"],
    ],
  ])("is refused where %s", (_why, args, paths) => {
    expect(pathsOf(gatewayRules, args)).toEqual(paths);
  });

  it("has a name without dots, as Istio wants it", () => {
    expect(gatewayName("*.shop.example.com")).toBe("any-shop-example-com-ingress");
    expect(gatewayName(`${"a".repeat(60)}.${"b".repeat(60)}`)).toHaveLength(63);
  });
});

describe("the exposure of a host", () => {
  const exposure = { hosts };

  it("holds the same weights outside and inside", async () => {
    const resources = await declared({
      reviews: { subsets: { v1: {}, v2: {} }, routes: [{ to: { v1: 90, v2: 10 } }], exposure },
    });
    expect(names(resources)).toEqual([
      "DestinationRule reviews-versions",
      "Gateway reviews-ingress",
      "VirtualService reviews-routes",
    ]);
    expect(specOf(resources, "VirtualService", "reviews-routes")).toMatchObject({
      hosts: ["reviews", "shop.example.com"],
      gateways: ["mesh", "reviews-ingress"],
      http: [{ route: [{ weight: 90 }, { weight: 10 }] }],
    });
  });

  it("leads to the service where there are no routes", async () => {
    const resources = await declared({ details: { exposure } });
    expect(specOf(resources, "VirtualService", "details-routes")).toEqual({
      hosts: ["details", "shop.example.com"],
      gateways: ["mesh", "details-ingress"],
      http: [{ route: [{ destination: { host: "details" } }] }],
    });
  });

  it("can have routes of its own", async () => {
    const routes = [
      { match: [{ uri: { prefix: "/admin" }, gateways: ["details-ingress"] }], directResponse: { status: 404 } },
      {},
    ];
    const resources = await declared({ details: { exposure, routes } });
    expect(specOf(resources, "VirtualService", "details-routes")).toHaveProperty("http.0.match.0.gateways", [
      "details-ingress",
    ]);
  });

  it("keeps the gateways that are named beside it", async () => {
    const resources = await declared({
      details: { exposure, gateways: ["istio-system/public"], hosts: ["a.b"], routes: [{}] },
    });
    expect(specOf(resources, "VirtualService", "details-routes")).toMatchObject({
      hosts: ["a.b", "shop.example.com"],
      gateways: ["istio-system/public", "details-ingress"],
    });
  });
});
