import { meshConfig, meshNetworks } from "../../../policies/model/meshConfig.ts";
import { describe, expect, it } from "vitest";
import { isOpenNamespace, rootNamespace } from "../../../policies/model/namespaces.ts";
import { unknown } from "../judge.ts";
import { meshOf, type Described } from "../meshOf.ts";

const istiod: Described = ["Release", "istiod", "istio-system", { chart: "./charts/istiod" }];
const other: Described = ["Release", "mongo", "data", { chart: "mongodb" }];

describe("a namespace may hold more than what is declared", () => {
  it.each<[what: string, objects: Described[], open: boolean, namespace: string, expected: boolean]>([
    ["never in files, which are all there is", [["Service", "a", "shop"]], false, "elsewhere", false],
    ["not where only Istio's charts are", [istiod], false, "istio-system", false],
    ["where another chart is", [other], false, "data", true],
    ["not beside it", [other], false, "shop", false],
    [
      "where a chart has values that only Helm knows",
      [["Release", "gw", "edge", { chart: "./gateway", valueYamlFiles: ["a"] }]],
      false,
      "edge",
      true,
    ],
    [
      "everywhere while a chart's namespace is unknown",
      [["Release", "mongo", unknown.text, { chart: "mongodb" }]],
      false,
      "shop",
      true,
    ],
    ["beside a stack, where the stack has nothing", [["Namespace", "shop"]], true, "elsewhere", true],
    ["beside a stack, not in its own namespaces", [["Namespace", "shop"]], true, "shop", false],
    ["beside a stack, not where it runs something", [["Deployment", "a"]], true, "default", false],
    ["beside a stack, not where it installs Istio", [istiod], true, "istio-system", false],
  ])("%s", (_what, objects, open, namespace, expected) => {
    expect(isOpenNamespace(meshOf(objects, { open }), namespace)).toBe(expected);
  });
});

describe("the mesh config", () => {
  const written = (data: object, namespace = "istio-system"): Described => ["ConfigMap", "istio", namespace, { data }];
  const release = (values: object): Described => [
    "Release",
    "istiod",
    "istio-system",
    { chart: "./charts/istiod", values },
  ];

  it.each<[what: string, objects: Described[], config: object | undefined, root: string]>([
    ["nowhere", [], undefined, "istio-system"],
    ["given", [written({ mesh: "rootNamespace: a" })], { rootNamespace: "given" }, "given"],
    ["in the ConfigMap", [written({ mesh: "rootNamespace: config" })], undefined, "config"],
    [
      "in a ConfigMap of that name elsewhere",
      [written({ mesh: "rootNamespace: config" }, "shop")],
      undefined,
      "istio-system",
    ],
    ["in a broken ConfigMap", [written({ mesh: "{" })], undefined, "istio-system"],
    ["in a ConfigMap of text", [written({ mesh: "rootNamespace" })], undefined, "istio-system"],
    ["among istiod's values", [release({ meshConfig: { rootNamespace: "values" } })], undefined, "values"],
  ])("is read where it is %s", (_what, objects, config, root) => {
    expect(rootNamespace(meshOf(objects, config === undefined ? {} : { config }))).toBe(root);
  });

  it("is noted while it is unknown", () => {
    const mesh = meshOf([written({ mesh: unknown.text })]);
    expect(meshConfig(mesh).at("enableAutoMtls").isUnknown()).toBe(true);
    expect([...(mesh.all("ConfigMap")[0]?.unread ?? [])]).toEqual(["data.mesh"]);
  });
});

describe("the mesh networks", () => {
  const networks = { networks: { one: { endpoints: [{ fromRegistry: "Kubernetes" }] } } };
  it.each<[what: string, objects: Described[], expected: boolean]>([
    ["nowhere", [], false],
    [
      "in the ConfigMap",
      [["ConfigMap", "istio", "istio-system", { data: { mesh: "", meshNetworks: JSON.stringify(networks) } }]],
      true,
    ],
    [
      "among istiod's values",
      [
        [
          "Release",
          "istiod",
          "istio-system",
          { chart: "./istiod", values: { global: { meshNetworks: networks.networks } } },
        ],
      ],
      true,
    ],
  ])("are read where they are %s", (_what, objects, expected) => {
    const found = meshNetworks(meshOf(objects))?.root.at("networks", "one", "endpoints").items() ?? [];
    expect(found).toHaveLength(expected ? 1 : 0);
  });
});
