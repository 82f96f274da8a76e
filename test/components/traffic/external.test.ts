import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { externalRules, serviceEntrySpec } from "../../../components/traffic/egress/externalOptions.ts";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { HostTraffic } from "../../../components/traffic/hostTraffic.ts";
import { mesh } from "../mesh.ts";
import { record, the } from "../../recorder.ts";
import { declared, istioObjects, KNOWN, names, specOf } from "./declared.ts";
import { pathsOf, wordsOf } from "./problems.ts";

const https = { https: { number: 443, protocol: "HTTPS" } } as const;
const http = { http: { number: 80, protocol: "HTTP" } } as const;
const tcp = { mysql: { number: 3306, protocol: "TCP" } } as const;

describe("a host outside the mesh", () => {
  it("is known to its own namespace", () => {
    expect(serviceEntrySpec("www.example.com", { ports: https }, ["."])).toEqual({
      hosts: ["www.example.com"],
      ports: [{ name: "https", number: 443, protocol: "HTTPS" }],
      location: "MESH_EXTERNAL",
      resolution: "DNS",
      exportTo: ["."],
    });
  });

  it.each<[string, Parameters<typeof serviceEntrySpec>[1], string]>([
    ["a.example.com", { ports: https }, "DNS"],
    ["*.example.com", { ports: https }, "NONE"],
    ["a.example.com", { ports: https, endpoints: [{ address: "10.0.0.1" }, { address: "fd00::1" }] }, "STATIC"],
    ["a.example.com", { ports: https, endpoints: [{ address: "10.0.0.1" }, { address: "b.example.com" }] }, "DNS"],
    ["a.example.com", { ports: tcp, workloads: { vm: { address: "10.0.0.1" } } }, "STATIC"],
    ["a.example.com", { ports: https, resolution: "DNS_ROUND_ROBIN" }, "DNS_ROUND_ROBIN"],
  ])("%s %j is found by %s %s", (host, rules, resolution) => {
    expect(serviceEntrySpec(host, rules, ["."])).toMatchObject({ resolution });
  });

  it("has a timeout and encryption of its own", async () => {
    const resources = await declared({
      "www.example.com": {
        external: { ports: { http: { number: 80, protocol: "HTTP", targetPort: 443 } } },
        trafficPolicy: { portLevelSettings: { "80": { tls: { mode: "SIMPLE" } } } },
        routes: [{ timeout: "3s" }],
      },
    });
    expect(names(resources)).toEqual([
      "DestinationRule www.example.com-versions",
      "ServiceEntry www.example.com-external",
      "VirtualService www.example.com-routes",
    ]);
    expect(specOf(resources, "DestinationRule", "www.example.com-versions")).toEqual({
      host: "www.example.com",
      trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: "SIMPLE" } }] },
      exportTo: ["."],
    });
    const entry = "kubernetes:networking.istio.io/v1:ServiceEntry www.example.com-external";
    expect(the(resources, "VirtualService", "www.example.com-routes").dependsOn).toContain(entry);
  });

  it("is a virtual machine with MySQL, of which a subset can be named", async () => {
    const resources = await declared({
      "mysqldb.vm.svc.cluster.local": {
        external: { ports: tcp, workloads: { vm: { address: "10.0.0.5", labels: { version: "v1" } } } },
        subsets: { v1: {} },
        tcpRoutes: [{ to: { v1: 100 } }],
      },
    });
    const label = { "mesh/external-host": "mysqldb.vm.svc.cluster.local" };
    expect(specOf(resources, "WorkloadEntry", "mysqldb.vm.svc.cluster.local-vm")).toEqual({
      address: "10.0.0.5",
      labels: { version: "v1", ...label },
    });
    expect(specOf(resources, "ServiceEntry", "mysqldb.vm.svc.cluster.local-external")).toMatchObject({
      resolution: "STATIC",
      workloadSelector: { labels: label },
    });
  });

  it("can be at an address that is known when something else is there", () => {
    const address = pulumi.output("db.example.com");
    expect(wordsOf(externalRules, { ports: tcp, workloads: { vm: { address } } })).toEqual([]);
    expect(pathsOf(externalRules, { ports: tcp, workloads: { vm: { address: {} } } })).toEqual([
      "workloads.vm.address",
    ]);
  });

  it.each<[why: string, args: unknown, paths: string[]]>([
    ["there is no port", { ports: {} }, ["ports"]],
    ["a port has no protocol", { ports: { a: { number: 1 } } }, ["ports.a.protocol"]],
    ["a protocol is none", { ports: { a: { number: 1, protocol: "UDP" } } }, ["ports.a.protocol"]],
    [
      "two ports are one",
      { ports: { a: { number: 1, protocol: "TCP" }, b: { number: 1, protocol: "TCP" } } },
      ["ports.b.number"],
    ],
    [
      "there are two lists of servers",
      { ports: https, endpoints: [{ address: "10.0.0.1" }], workloads: { vm: { address: "10.0.0.1" } } },
      ["endpoints"],
    ],
    [
      "a static address is a name",
      { ports: https, resolution: "STATIC", endpoints: [{ address: "a.b" }] },
      ["endpoints[0].address"],
    ],
    ["an address is none", { ports: https, endpoints: [{ address: "a_b" }] }, ["endpoints[0].address"]],
    [
      "servers are not asked for",
      { ports: https, resolution: "NONE", endpoints: [{ address: "10.0.0.1" }] },
      ["resolution"],
    ],
    [
      "a server's port is not the host's",
      { ports: https, endpoints: [{ address: "10.0.0.1", ports: { http: 80 } }] },
      ["endpoints[0].ports.http"],
    ],
    ["a range of addresses is none", { ports: https, addresses: ["10.0.0.0/99"] }, ["addresses[0]"]],
    ["the egress gateway cannot tell the host", { ports: tcp, egressGateway: true }, ["ports"]],
    [
      "the egress gateway cannot tell two ports",
      { ports: { ...https, b: { number: 444, protocol: "TLS" } }, egressGateway: true },
      ["ports"],
    ],
  ])("is refused where %s", (_why, args, paths) => {
    expect(pathsOf(externalRules, args)).toEqual(paths);
  });
});

describe("the egress gateway", () => {
  const host = "www.example.com";
  const gateway = "www-example-com-egress";
  const subset = "www-example-com";
  const service = "istio-egressgateway.istio-egress.svc.cluster.local";

  it("is on the way of a host, by both protocols, and nobody else's", async () => {
    const resources = await declared({ [host]: { external: { ports: { ...http, ...https }, egressGateway: true } } });
    expect(names(resources)).toEqual([
      `DestinationRule ${host}-to-istio-egress`,
      `Gateway ${gateway}`,
      `ServiceEntry ${host}-external`,
      `VirtualService ${host}-egress`,
    ]);
    const exportTo = [".", "istio-egress"];
    expect(specOf(resources, "ServiceEntry", `${host}-external`)).toMatchObject({ exportTo });
    expect(specOf(resources, "Gateway", gateway)).toEqual({
      selector: { istio: "egressgateway" },
      servers: [
        { port: { number: 80, name: "https-80", protocol: "HTTPS" }, hosts: [host], tls: { mode: "ISTIO_MUTUAL" } },
        { port: { number: 443, name: "tls-443", protocol: "TLS" }, hosts: [host], tls: { mode: "PASSTHROUGH" } },
      ],
    });
    expect(specOf(resources, "DestinationRule", `${host}-to-istio-egress`)).toEqual({
      host: service,
      subsets: [
        {
          name: subset,
          labels: { istio: "egressgateway" },
          trafficPolicy: {
            portLevelSettings: [{ port: { number: 80 }, tls: { mode: "ISTIO_MUTUAL", sni: host } }],
          },
        },
      ],
      exportTo,
    });
    const to = (target: string, number: number, named?: string) => [
      { destination: { host: target, port: { number }, ...(named !== undefined && { subset: named }) } },
    ];
    expect(specOf(resources, "VirtualService", `${host}-egress`)).toEqual({
      hosts: [host],
      gateways: ["mesh", gateway],
      http: [
        { match: [{ gateways: ["mesh"], port: 80 }], route: to(service, 80, subset) },
        { match: [{ gateways: [gateway], port: 80 }], route: to(host, 80) },
      ],
      tls: [
        { match: [{ gateways: ["mesh"], port: 443, sniHosts: [host] }], route: to(service, 443, subset) },
        { match: [{ gateways: [gateway], port: 443, sniHosts: [host] }], route: to(host, 443) },
      ],
      exportTo,
    });
  });

  it("is ready before a route leads there, and knows the host from wherever its pods are", async () => {
    const resources = await record(() => {
      const ready = new k8s.core.v1.Namespace("egress");
      const moving = { ...mesh(), egressGateway: { ready, namespaces: ["istio-egress", "istio-system"] } };
      const external = { ports: http, egressGateway: true };
      new HostTraffic(host, { external, namespace: new MeshNamespace("bookinfo"), mesh: moving });
    }, KNOWN);
    const routes = the(resources, "VirtualService", `${host}-egress`);
    expect(routes.dependsOn).toContain("kubernetes:core/v1:Namespace egress");
    for (const kind of ["ServiceEntry", "VirtualService"]) {
      const [object] = istioObjects(resources).filter((each) => each.kind === kind);
      expect(object?.spec, kind).toMatchObject({ exportTo: [".", "istio-egress", "istio-system"] });
    }
  });

  it("encrypts what leaves the mesh", async () => {
    const resources = await declared({
      [host]: {
        external: { ports: { http: { number: 80, protocol: "HTTP", targetPort: 443 } }, egressGateway: true },
        trafficPolicy: { portLevelSettings: { "80": { tls: { mode: "SIMPLE" } } } },
      },
    });
    expect(specOf(resources, "DestinationRule", `${host}-versions`)).toMatchObject({
      host,
      trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: "SIMPLE" } }] },
      exportTo: [".", "istio-egress"],
    });
  });
});
