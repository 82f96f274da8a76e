import { imagePinnedByDigest } from "../../../../policies/rules/workload/image-pinned-by-digest.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const digest = `sha256:${"0".repeat(64)}`;
const pods = (image: unknown) => ({ containers: [{ name: "reviews", image }] });
const deployment = (spec: unknown): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "reviews-v1" },
  spec: { template: { spec } },
});
const here = "spec.template.spec.containers[0].image";

describeRule(imagePinnedByDigest, {
  accepts: {
    "a tag and a digest": [deployment(pods(`registry.example:5000/reviews:v1@${digest}`))],
    "a digest": [deployment(pods(`reviews@${digest}`))],
    auto: [deployment(pods("auto"))],
    "no image": [deployment(pods(undefined))],
  },
  refuses: {
    "a tag": [[deployment(pods("registry.example:5000/reviews:v1"))], here],
    "a name": [[deployment(pods("reviews"))], here],
    "a digest that is too short": [[deployment(pods("reviews@sha256:0123"))], here],
    "a container that only starts the pod": [
      [deployment({ ...pods(`a@${digest}`), initContainers: [{ image: `a@${digest}` }, { image: "x:1" }] })],
      "spec.template.spec.initContainers[1].image",
    ],
    "a Pod": [[{ apiVersion: "v1", kind: "Pod", metadata: {}, spec: pods("x:1") }], "spec.containers[0].image"],
  },
  waits: {
    "an image": [[deployment(pods(unknown.text))], here],
    "the pod": [[deployment(unknown.object)], "spec.template.spec"],
  },
});
