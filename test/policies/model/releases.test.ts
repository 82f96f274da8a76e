import { describe, expect, it } from "vitest";
import { readReleases } from "../../../policies/model/releases.ts";
import { portsOf, readKubernetesServices } from "../../../policies/model/services.ts";
import { readWorkloads } from "../../../policies/model/workloads.ts";
import { unknown } from "../judge.ts";
import { meshOf, type Described } from "../meshOf.ts";

const ISTIO = { repositoryOpts: { repo: "https://istio-release.storage.googleapis.com/charts" } };

const charts = (release: Described) =>
  meshOf([release])
    .derive(readReleases)
    .map(({ chart }) => chart);

describe("the releases of Istio's charts", () => {
  it.each<[what: string, arguments_: object, charts: string[]]>([
    ["from its repository", { chart: "istiod", ...ISTIO }, ["istiod"]],
    ["from a registry", { chart: "oci://registry.istio.io/release/charts/gateway" }, ["gateway"]],
    ["from a folder", { chart: "./charts/gateway" }, ["gateway"]],
    ["from an archive", { chart: "./charts/istiod-1.31.1.tgz" }, ["istiod"]],
    ["from Istio's source", { chart: "./manifests/charts/istio-control/istio-discovery" }, ["istiod"]],
    ["of that name from elsewhere", { chart: "gateway", repositoryOpts: { repo: "https://charts.example" } }, []],
    ["of another chart", { chart: "kiali-server", ...ISTIO }, []],
    ["whose chart is not known yet", { chart: unknown.text }, []],
    ["with values in files", { chart: "gateway", valueYamlFiles: ["values.yaml"] }, []],
    ["with a name that Pulumi makes up", { chart: "gateway", name: undefined }, []],
  ])("%s", (_what, args, expected) => {
    expect(charts(["Release", "istio", "istio-system", args])).toEqual(expected);
  });

  const gateway = (values: object = {}, name = "istio-ingressgateway") =>
    meshOf([["Release", name, "edge", { chart: "gateway", ...ISTIO, values }]]);

  it("tell the pods of a gateway by the labels that its chart gives them", () => {
    const [workload] = gateway({ labels: { team: "edge" } }).derive(readWorkloads).all;
    expect(workload?.namespace).toBe("edge");
    expect(Object.fromEntries(workload?.labels ?? [])).toMatchObject({
      app: "istio-ingressgateway",
      istio: "ingressgateway",
      team: "edge",
    });
  });

  it.each<[what: string, values: object, istio: string]>([
    ["a name of its own", { name: "public" }, "public"],
    ["labels of its own", { labels: { istio: "front" } }, "front"],
  ])("follow %s", (_what, values, istio) => {
    const [workload] = gateway(values).derive(readWorkloads).all;
    expect(workload?.labels?.get("istio")).toBe(istio);
  });

  it.each<[what: string, values: object, ports: (number | undefined)[] | undefined]>([
    ["as it comes", {}, [15021, 80, 443]],
    ["with ports of its own", { service: { ports: [{ name: "http", port: 8080 }] } }, [8080]],
    ["without a Service", { service: { type: "None" } }, undefined],
  ])("tell the ports of a gateway %s", (_what, values, ports) => {
    const [service] = gateway(values).derive(readKubernetesServices);
    expect(service && portsOf({ object: service }).map(({ number }) => number)).toEqual(ports);
  });

  it("leave open which labels the pods have while a value is unknown", () => {
    const mesh = gateway({ labels: { istio: unknown.text } });
    expect(mesh.derive(readWorkloads).all.map(({ labels }) => labels)).toEqual([undefined]);
    expect([...(mesh.all("Release")[0]?.unread ?? [])]).toContain("values.labels.istio");
  });

  it.each([
    [{}, "istiod", "default"],
    [{ revision: "canary" }, "istiod-canary", "canary"],
  ])("tell istiod's Service, with values %j", (values, name, revision) => {
    const mesh = meshOf([["Release", "istiod", "istio-system", { chart: "istiod", ...ISTIO, values }]]);
    const [service] = mesh.derive(readKubernetesServices);
    expect(service?.id).toBe(name);
    expect(mesh.derive(readWorkloads).all[0]?.labels?.get("istio.io/rev")).toBe(revision);
  });

  it("are not among what is declared", () => {
    expect(gateway().all("Service")).toEqual([]);
    expect(gateway().all("Deployment")).toEqual([]);
  });
});
