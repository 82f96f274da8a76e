import { describe, expect, it } from "vitest";
import { haveSidecar } from "../../../policies/model/istioctl/injection.ts";
import { readWorkloads } from "../../../policies/model/workloads.ts";
import { unknown } from "../judge.ts";
import { meshOf, type Described } from "../meshOf.ts";

const pods = (labels: unknown, more: object = {}) => ({ spec: { template: { metadata: { labels, ...more } } } });
const deployment = (id: string, labels: unknown, namespace: string | undefined = "shop"): Described => [
  "Deployment",
  id,
  namespace,
  pods(labels),
];

describe("the workloads that a selector takes", () => {
  const objects: Described[] = [
    deployment("v1", { app: "reviews", version: "v1" }),
    deployment("v2", { app: "reviews", version: "v2" }),
    deployment("away", { app: "reviews", version: "v1" }, "other"),
    ["Pod", "alone", "shop", { metadata: { labels: { app: "alone" } } }],
    ["CronJob", "nightly", "shop", { spec: { jobTemplate: pods({ app: "nightly" }) } }],
    ["Deployment", "bare", "shop"],
  ];

  it.each<[selector: Record<string, string>, namespace: string | undefined, names: string[]]>([
    [{ app: "reviews" }, "shop", ["v1", "v2"]],
    [{ app: "reviews" }, undefined, ["v1", "v2", "away"]],
    [{ app: "reviews", version: "v2" }, "shop", ["v2"]],
    [{ app: "reviews", version: "v3" }, "shop", []],
    [{ app: "alone" }, "shop", ["alone"]],
    [{ app: "nightly" }, "shop", ["nightly"]],
    [{}, "other", ["away"]],
    [{}, "nowhere", []],
  ])("%j in %s", (selector, namespace, names) => {
    const workloads = meshOf(objects).derive(readWorkloads);
    const selected = workloads.selectedBy(new Map(Object.entries(selector)), namespace);
    expect(selected.map(({ object }) => object.name).sort()).toEqual(names.sort());
    expect(workloads.mayHide(namespace)).toBe(false);
  });

  it.each<[what: string, objects: Described[], open: boolean, here: boolean]>([
    ["labels are unknown", [deployment("v1", unknown.object)], false, true],
    ["a label is unknown", [deployment("v1", { app: unknown.text })], false, true],
    ["a namespace is unknown", [deployment("v1", {}, unknown.text)], false, true],
    ["a chart is installed there", [["Release", "mongo", "shop", { chart: "mongodb" }]], false, true],
    ["the stack has nothing there", [], true, true],
    ["labels are unknown elsewhere", [deployment("v1", unknown.object, "other")], false, false],
  ])("may not be all where %s", (_what, objects, open, here) => {
    const workloads = meshOf(objects, { open }).derive(readWorkloads);
    expect(workloads.mayHide("shop")).toBe(here);
  });
});

describe("pods have a sidecar", () => {
  const namespace = (labels: unknown): Described => ["Namespace", "shop", undefined, { metadata: { labels } }];
  const enabled = namespace({ "istio-injection": "enabled" });
  const workload = (metadata: object, spec: object = {}): Described => [
    "Deployment",
    "reviews",
    "shop",
    { spec: { template: { metadata, spec } } },
  ];
  const inject = (value: unknown) => ({ "sidecar.istio.io/inject": value });

  it.each<[what: string, objects: Described[], expected: boolean | undefined]>([
    ["when their namespace asks for it", [enabled, workload({})], true],
    ["not when it does not", [namespace({}), workload({})], false],
    ["not when it forbids it", [namespace({ "istio-injection": "disabled" }), workload({})], false],
    ["not when nobody says", [workload({})], false],
    ["not when their label forbids it", [enabled, workload({ labels: inject("false") })], false],
    ["when their label asks for it", [namespace({}), workload({ labels: inject("true") })], true],
    ["not when their annotation forbids it", [enabled, workload({ annotations: inject("false") })], false],
    [
      "when it is written among their containers",
      [workload({}, { containers: [{ name: "istio-proxy", image: "proxy:1" }] })],
      true,
    ],
    [
      "or not, while the namespace's label is unknown",
      [namespace({ "istio-injection": unknown.text }), workload({})],
      undefined,
    ],
    ["or not, while their label is unknown", [enabled, workload({ labels: inject(unknown.text) })], undefined],
  ])("%s", (_what, objects, expected) => {
    const mesh = meshOf(objects);
    const [first] = mesh.derive(readWorkloads).all;
    expect(first && haveSidecar(mesh, first)).toBe(expected);
  });
});
