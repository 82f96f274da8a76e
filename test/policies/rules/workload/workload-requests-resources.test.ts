import { workloadRequestsResources } from "../../../../policies/rules/workload/workload-requests-resources.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const deployment = (resources: unknown, kind = "Deployment", image = "reviews:1"): Manifest => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name: "reviews" },
  spec: { template: { spec: { containers: [{ name: "reviews", image, resources }] } } },
});
const here = "spec.template.spec.containers[0].resources.requests";

describeRule(workloadRequestsResources, {
  accepts: {
    "both requests": [deployment({ requests: { cpu: "10m", memory: "64Mi" } })],
    "limits in place of requests": [deployment({ requests: { cpu: "10m" }, limits: { memory: "64Mi" } })],
    "a gateway's proxy": [deployment({}, "Deployment", "auto")],
  },
  refuses: {
    "no requests": [[deployment({})], `${here}.cpu`, `${here}.memory`],
    "no request of memory": [[deployment({ requests: { cpu: 1 } })], `${here}.memory`],
    "a StatefulSet without": [[deployment({ requests: { memory: "1Gi" } }, "StatefulSet")], `${here}.cpu`],
  },
  waits: { "computed requests": [[deployment({ requests: unknown.object })], here] },
});
