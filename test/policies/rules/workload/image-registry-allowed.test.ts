import { imageRegistryAllowed } from "../../../../policies/rules/workload/image-registry-allowed.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const deployment = (image: unknown, list = "containers"): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "cart" },
  spec: { template: { spec: { [list]: [{ name: "cart", image }] } } },
});
const here = "spec.template.spec.containers[0].image";

describeRule(imageRegistryAllowed, {
  settings: { registries: ["registry.example:5000/team/*", "docker.io/library/*"] },
  accepts: {
    "an image of the registry": [deployment("registry.example:5000/team/cart:1")],
    "an official image without its registry": [deployment("nginx:1.29")],
    "an image of Istio's choice": [deployment("auto")],
  },
  refuses: {
    "another registry": [[deployment("ghcr.io/team/cart:1")], here],
    "another folder of it": [[deployment("registry.example:5000/other/cart:1")], here],
    "one that begins with its name": [[deployment("registry.example:5000.evil.example/team/cart:1")], here],
    "somebody's image": [[deployment("somebody/nginx:1")], here],
    "one that starts the pod": [
      [deployment("ghcr.io/a/b:1", "initContainers")],
      "spec.template.spec.initContainers[0].image",
    ],
  },
  waits: { "a computed image": [[deployment(unknown.text)], here] },
});

describeRule(imageRegistryAllowed, {
  accepts: { "any registry, where its settings name none": [deployment("ghcr.io/a/b:1")] },
  refuses: {},
});
