import { describe, expect, it } from "vitest";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { Exposure } from "../../../components/traffic/gateway/exposure.ts";
import { gatewaySpec, virtualServiceSpec } from "../../../components/traffic/gateway/exposureSpecs.ts";
import { record, the } from "../../recorder.ts";
import { CONTROL_PLANE, mesh } from "../mesh.ts";

const KNOWN = /^(mesh:(traffic|application)|kubernetes:(test\/v1|core\/v1|networking\.istio\.io\/v1)):/;

describe("Exposure", () => {
  it.each([true, false])("is a Gateway and the VirtualService that is bound to it (preview: %s)", async (preview) => {
    const resources = await record(
      () => {
        const namespace = new MeshNamespace("store");
        new Exposure("shop", {
          namespace,
          service: "cart",
          hosts: ["shop.example.com"],
          paths: [{ exact: "/" }, { prefix: "/cart" }],
          mesh: mesh(),
        });
      },
      KNOWN,
      { preview },
    );
    const metadata = { namespace: "store", annotations: { "pulumi.com/patchForce": "true" } };
    const gateway = the(resources, "kubernetes:networking.istio.io/v1:Gateway", "shop-gateway");
    expect(gateway.inputs).toMatchObject({
      metadata: { name: "shop-gateway", ...metadata },
      spec: {
        selector: { istio: "ingressgateway" },
        servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["shop.example.com"] }],
      },
    });
    const routes = the(resources, "kubernetes:networking.istio.io/v1:VirtualService", "shop-routes");
    expect(routes.inputs).toMatchObject({
      metadata: { name: "shop", ...metadata },
      spec: {
        hosts: ["shop.example.com"],
        gateways: ["shop-gateway"],
        http: [
          {
            match: [{ uri: { exact: "/" } }, { uri: { prefix: "/cart" } }],
            route: [{ destination: { host: "cart" } }],
          },
        ],
      },
    });
    for (const { dependsOn } of [gateway, routes]) {
      expect([...dependsOn].sort()).toEqual(["kubernetes:core/v1:Namespace store", CONTROL_PLANE]);
    }
  });

  it("leads every path to the service where none is named", () => {
    expect(virtualServiceSpec("shop-gateway", ["a.b"], [], "cart").http).toEqual([
      { route: [{ destination: { host: "cart" } }] },
    ]);
  });

  it("listens where the gateway's Service leads", () => {
    expect(gatewaySpec({ istio: "ingressgateway" }, ["a.b"]).servers?.map(({ port }) => port.number)).toEqual([80]);
  });

  it("ends TLS with a Secret, and redirects to it", () => {
    expect(gatewaySpec({ istio: "ingressgateway" }, ["a.b"], { credentialName: "shop" }).servers).toEqual([
      { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["a.b"], tls: { httpsRedirect: true } },
      {
        port: { number: 443, name: "https", protocol: "HTTPS" },
        hosts: ["a.b"],
        tls: { mode: "SIMPLE", credentialName: "shop", minProtocolVersion: "TLSV1_2" },
      },
    ]);
  });
});
