import { imageTagPinned } from "../../../../policies/rules/workload/image-tag-pinned.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const pods = (image: unknown) => ({ containers: [{ name: "reviews", image }] });
const deployment = (spec: unknown): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "reviews-v1" },
  spec: { template: { spec } },
});
const here = "spec.template.spec.containers[0].image";

describeRule(imageTagPinned, {
  accepts: {
    "registry.example/bookinfo/reviews-v1:1.20.3": [deployment(pods("registry.example/bookinfo/reviews-v1:1.20.3"))],
    "registry.example:5000/reviews:v1": [deployment(pods("registry.example:5000/reviews:v1"))],
    "reviews:2026-11-21": [deployment(pods("reviews:2026-11-21"))],
    "reviews@sha256:0123456789abcdef": [deployment(pods("reviews@sha256:0123456789abcdef"))],
    "reviews:latest@sha256:0123456789abcdef": [deployment(pods("reviews:latest@sha256:0123456789abcdef"))],
    auto: [deployment(pods("auto"))],
    "no image": [deployment(pods(undefined))],
  },
  refuses: {
    reviews: [[deployment(pods("reviews"))], here],
    "registry.example/reviews": [[deployment(pods("registry.example/reviews"))], here],
    "registry.example:5000/reviews": [[deployment(pods("registry.example:5000/reviews"))], here],
    "reviews:latest": [[deployment(pods("reviews:latest"))], here],
    "reviews:": [[deployment(pods("reviews:"))], here],
    "an empty image": [[deployment(pods(""))], here],
    "a StatefulSet": [[{ ...deployment(pods("x")), kind: "StatefulSet" }], here],
    "a DaemonSet": [[{ ...deployment(pods("x")), kind: "DaemonSet" }], here],
    "a Job": [[{ ...deployment(pods("x")), apiVersion: "batch/v1", kind: "Job" }], here],
    "a CronJob": [
      [{ apiVersion: "batch/v1", kind: "CronJob", metadata: {}, spec: { jobTemplate: deployment(pods("x")) } }],
      "spec.jobTemplate.spec.template.spec.containers[0].image",
    ],
    "a Pod": [[{ apiVersion: "v1", kind: "Pod", metadata: {}, spec: pods("x") }], "spec.containers[0].image"],
    "a container that only starts the pod": [
      [deployment({ ...pods("reviews:v1"), initContainers: [{ image: "a:1" }, { image: "x" }] })],
      "spec.template.spec.initContainers[1].image",
    ],
  },
  waits: {
    "an image": [[deployment(pods(unknown.text))], here],
    "the pod": [[deployment(unknown.object)], "spec.template.spec"],
    "the containers": [[deployment({ containers: unknown.list })], "spec.template.spec.containers"],
  },
  partly: {
    "the second image though the first is unknown": [
      [deployment({ containers: [{ image: unknown.text }, { image: "x" }] })],
      ["spec.template.spec.containers[1].image"],
      [here],
    ],
  },
});
