import { describe, expect, it } from "vitest";
import { imageTagPinned } from "../../../../policies/rules/workload/image-tag-pinned.ts";
import { judge, unknown, type Manifest } from "../../judge.ts";

const pods = (image: unknown) => ({ containers: [{ name: "reviews", image }] });
const deployment = (spec: unknown): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "reviews-v1" },
  spec: { template: { spec } },
});
const here = "spec.template.spec.containers[0].image";

describe("image-tag-pinned", () => {
  it.each([
    "registry.example/bookinfo/reviews-v1:1.20.3",
    "registry.example:5000/reviews:v1",
    "reviews:2026-11-21",
    "reviews@sha256:0123456789abcdef",
    "reviews:latest@sha256:0123456789abcdef",
    "auto",
    undefined,
  ])("accepts %s", (image) => {
    expect(judge(imageTagPinned, deployment(pods(image)))).toEqual({ found: [], undecided: [] });
  });

  it.each(["reviews", "registry.example/reviews", "registry.example:5000/reviews", "reviews:latest", "reviews:", ""])(
    "refuses %j",
    (image) => {
      expect(judge(imageTagPinned, deployment(pods(image)))).toEqual({ found: [here], undecided: [] });
    },
  );

  it.each<[kind: string, object: Manifest, path: string]>([
    ["a StatefulSet", { ...deployment(pods("x")), kind: "StatefulSet" }, here],
    ["a DaemonSet", { ...deployment(pods("x")), kind: "DaemonSet" }, here],
    ["a Job", { ...deployment(pods("x")), apiVersion: "batch/v1", kind: "Job" }, here],
    [
      "a CronJob",
      { apiVersion: "batch/v1", kind: "CronJob", metadata: {}, spec: { jobTemplate: deployment(pods("x")) } },
      "spec.jobTemplate.spec.template.spec.containers[0].image",
    ],
    ["a Pod", { apiVersion: "v1", kind: "Pod", metadata: {}, spec: pods("x") }, "spec.containers[0].image"],
    [
      "a container that only starts the pod",
      deployment({ ...pods("reviews:v1"), initContainers: [{ image: "a:1" }, { image: "x" }] }),
      "spec.template.spec.initContainers[1].image",
    ],
  ])("looks into %s", (_kind, object, path) => {
    expect(judge(imageTagPinned, object)).toEqual({ found: [path], undecided: [] });
  });

  it.each([
    ["an image", deployment(pods(unknown.text)), here],
    ["the pod", deployment(unknown.object), "spec.template.spec"],
    ["the containers", deployment({ containers: unknown.list }), "spec.template.spec.containers"],
  ])("does not decide while %s is unknown", (_what, object, path) => {
    expect(judge(imageTagPinned, object)).toEqual({ found: [], undecided: [path] });
  });

  it("finds the second image though the first is unknown", () => {
    const object = deployment({ containers: [{ image: unknown.text }, { image: "x" }] });
    expect(judge(imageTagPinned, object)).toEqual({
      found: ["spec.template.spec.containers[1].image"],
      undecided: [here],
    });
  });
});
