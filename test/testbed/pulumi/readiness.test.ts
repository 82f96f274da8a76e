import { describe, expect, test } from "vitest";
import { readinessOf } from "../../../testbed/pulumi/kubernetes/objects/readiness.ts";
import { headersOf } from "../../../testbed/pulumi/kubernetes/release/stored.ts";
import type { Fields } from "../../../testbed/pulumi/provider/values/value.ts";

const nothing = { list: () => Promise.resolve([]) };
const object = (type: string, spec: Fields, status?: Fields): Fields => {
  const [apiVersion, kind] = [type.slice(0, type.lastIndexOf("/")), type.slice(type.lastIndexOf("/") + 1)];
  return { apiVersion, kind, metadata: { name: "x", namespace: "y", generation: 2 }, spec, ...(status && { status }) };
};
const condition = (type: string, status = "True"): Fields => ({
  conditions: [{ type, status, reason: "R", message: "m" }],
});

describe("an object is", () => {
  const seen = { observedGeneration: 2 };
  test.each([
    ["v1/Namespace", {}, { phase: "Active" }, "ready"],
    ["v1/Namespace", {}, undefined, "waiting"],
    ["v1/Pod", {}, { phase: "Running", ...condition("Ready") }, "ready"],
    ["v1/Pod", {}, { phase: "Running", ...condition("Ready", "False") }, "waiting"],
    ["v1/Pod", {}, { phase: "Succeeded" }, "ready"],
    ["v1/Pod", {}, { phase: "Failed", reason: "Evicted" }, "failed"],
    ["v1/Service", { type: "ExternalName" }, undefined, "ready"],
    ["v1/Service", { clusterIP: "None", selector: { a: "b" } }, undefined, "ready"],
    ["v1/Service", { selector: {} }, undefined, "ready"],
    ["v1/Service", { selector: { a: "b" } }, undefined, "waiting"],
    ["apps/v1/Deployment", {}, undefined, "waiting"],
    ["apps/v1/Deployment", {}, { ...seen, replicas: 1, updatedReplicas: 1, availableReplicas: 1 }, "ready"],
    [
      "apps/v1/Deployment",
      {},
      { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
      "waiting",
    ],
    ["apps/v1/Deployment", {}, { ...seen, replicas: 2, updatedReplicas: 1, availableReplicas: 2 }, "waiting"],
    ["apps/v1/Deployment", { replicas: 0 }, seen, "ready"],
    [
      "apps/v1/Deployment",
      { replicas: 2 },
      { ...seen, replicas: 2, updatedReplicas: 2, availableReplicas: 1 },
      "waiting",
    ],
    ["apps/v1/StatefulSet", {}, { ...seen, readyReplicas: 1, currentRevision: "a", updateRevision: "a" }, "ready"],
    ["apps/v1/StatefulSet", {}, { ...seen, readyReplicas: 1, currentRevision: "a", updateRevision: "b" }, "waiting"],
    [
      "apps/v1/StatefulSet",
      { updateStrategy: { type: "OnDelete" } },
      { ...seen, readyReplicas: 1, currentRevision: "a", updateRevision: "b" },
      "ready",
    ],
    [
      "apps/v1/DaemonSet",
      {},
      { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 },
      "ready",
    ],
    [
      "apps/v1/DaemonSet",
      {},
      { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 2 },
      "waiting",
    ],
    ["batch/v1/Job", {}, condition("Complete"), "ready"],
    ["batch/v1/Job", {}, condition("Failed"), "failed"],
    ["batch/v1/Job", {}, {}, "waiting"],
    ["apiextensions.k8s.io/v1/CustomResourceDefinition", {}, condition("Established"), "ready"],
    ["apiextensions.k8s.io/v1/CustomResourceDefinition", {}, {}, "waiting"],
    ["networking.istio.io/v1/VirtualService", {}, undefined, "ready"],
  ])("%s with %j and status %j: %4$s", async (type, spec, status, expected) => {
    expect((await readinessOf(object(type, spec, status), nothing, 0)).is).toBe(expected);
  });

  test("a Service without Pods, after ten seconds", async () => {
    const service = object("v1/Service", { selector: { a: "b" } });
    expect((await readinessOf(service, nothing, 9999)).is).toBe("waiting");
    expect((await readinessOf(service, nothing, 10_001)).is).toBe("ready");
  });
});

describe("a manifest's objects", () => {
  const metadata = { name: "a" };
  test.each([
    { title: "none", manifest: "", objects: [] },
    { title: "only comments", manifest: "---\n# Source: chart/templates/x.yaml\n", objects: [] },
    {
      title: "keys in any order, and others of the same name further in",
      manifest:
        "---\n# Source: x\nmetadata:\n  name: a\n  labels:\n    kind: no\nspec:\n  kind: No\n  metadata:\n    name: no\nkind: Pod\napiVersion: v1\n",
      objects: [{ metadata: { name: "a", labels: { kind: "no" } }, kind: "Pod", apiVersion: "v1" }],
    },
    {
      title: "several, with a text that looks like a separator",
      manifest:
        "apiVersion: v1\nkind: A\nmetadata: { name: a }\ndata:\n  x: |\n    ---\n    kind: No\n---\napiVersion: v1\nkind: B\nmetadata:\n  name: a\n",
      objects: [
        { apiVersion: "v1", kind: "A", metadata },
        { apiVersion: "v1", kind: "B", metadata },
      ],
    },
    {
      title: "JSON",
      manifest: '---\n{"apiVersion":"v1","kind":"A","metadata":{"name":"a"}}\n',
      objects: [{ apiVersion: "v1", kind: "A", metadata }],
    },
    {
      title: "comments and empty lines among the keys",
      manifest: "apiVersion: v1\n# a word\nkind: A\n\nmetadata:\n  # another\n\n  name: a\n",
      objects: [{ apiVersion: "v1", kind: "A", metadata }],
    },
  ])("$title", ({ manifest, objects }) => {
    expect(headersOf(manifest)).toEqual(objects);
  });
});
