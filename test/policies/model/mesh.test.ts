import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../policies/model/field.ts";
import { kindOfManifest } from "../../../istio/kinds.ts";
import { Mesh, MeshObject, type Mesh as MeshType } from "../../../policies/model/mesh.ts";
import { unknown } from "../judge.ts";
import { meshOf } from "../meshOf.ts";

describe("an object", () => {
  it.each<[what: string, kind: "Service" | "Namespace" | "Release", value: unknown, namespace: unknown, id: unknown]>([
    ["names both", "Service", { metadata: { name: "reviews", namespace: "shop" } }, "shop", "reviews"],
    ["leaves its namespace out", "Service", { metadata: { name: "reviews" } }, "default", "reviews"],
    ["has an empty namespace", "Service", { metadata: { name: "reviews", namespace: "" } }, "default", "reviews"],
    ["has a namespace not known yet", "Service", { metadata: { name: "a", namespace: UNKNOWN } }, undefined, "a"],
    ["has a name not known yet", "Service", { metadata: { name: UNKNOWN } }, "default", undefined],
    ["is nothing", "Service", null, "default", undefined],
    ["is in no namespace", "Namespace", { metadata: { name: "shop" } }, "", "shop"],
    ["is a release, with arguments of its own", "Release", { name: "istiod", namespace: "a" }, "a", "istiod"],
  ])("that %s", (_what, kind, value, namespace, id) => {
    const object = new MeshObject(kind, "x", "urn:x", value);
    expect([object.namespace, object.id]).toEqual([namespace, id]);
  });
});

describe("the kind of a manifest", () => {
  it.each([
    ["v1", "Service", "Service"],
    ["apps/v1", "Deployment", "Deployment"],
    ["autoscaling/v2", "HorizontalPodAutoscaler", "HorizontalPodAutoscaler"],
    ["networking.istio.io/v1alpha3", "Gateway", "Gateway"],
    ["gateway.networking.k8s.io/v1", "Gateway", "K8sGateway"],
    ["serving.knative.dev/v1", "Service", undefined],
    ["helm.sh/v3", "Release", undefined],
    ["core/v1", "Service", undefined],
    ["", "", undefined],
  ])("%s %s", (apiVersion, kind, expected) => {
    expect(kindOfManifest(apiVersion, kind)).toBe(expected);
  });
});

describe("a mesh", () => {
  it("gives the objects of several kinds, kind by kind, in their order", () => {
    const mesh = meshOf([
      ["Service", "b"],
      ["Pod", "p"],
      ["Service", "a"],
    ]);
    expect(mesh.all("Service").map(({ name }) => name)).toEqual(["b", "a"]);
    expect(mesh.all("Pod", "Node", "Service").map(({ name }) => name)).toEqual(["p", "b", "a"]);
    expect(mesh.all("Gateway")).toEqual([]);
  });

  it("derives once what a function reads, and anew in another mesh", () => {
    let calls = 0;
    const count = (mesh: MeshType) => {
      calls += 1;
      return mesh.all("Service").length;
    };
    const one = meshOf([["Service", "a"]]);
    expect([one.derive(count), one.derive(count), meshOf([]).derive(count), calls]).toEqual([1, 1, 0, 2]);
  });

  it("derives once even what is nothing", () => {
    let calls = 0;
    const mesh = new Mesh([]);
    const nothing = () => void (calls += 1);
    mesh.derive(nothing);
    mesh.derive(nothing);
    expect(calls).toBe(1);
  });

  it("notes the unknown of an index with the object that it is in", () => {
    const mesh = meshOf([["ServiceEntry", "outside", "shop", { spec: { hosts: unknown.list } }]]);
    const [entry] = mesh.all("ServiceEntry");
    expect(entry?.spec.at("hosts").strings()).toEqual([]);
    expect([...(entry?.unread ?? [])]).toEqual(["spec.hosts"]);
  });
});
