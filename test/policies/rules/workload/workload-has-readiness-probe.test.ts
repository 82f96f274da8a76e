import { workloadHasReadinessProbe } from "../../../../policies/rules/workload/workload-has-readiness-probe.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const deployment = (...containers: object[]): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "reviews" },
  spec: { template: { spec: { containers: containers.map((container) => ({ image: "reviews:1", ...container })) } } },
});
const ports = [{ containerPort: 9080 }];
const readinessProbe = { httpGet: { path: "/health", port: 9080 } };

describeRule(workloadHasReadinessProbe, {
  accepts: {
    "a probe": [deployment({ ports, readinessProbe })],
    "a container without ports": [deployment({})],
  },
  refuses: {
    "no probe": [[deployment({ ports })], "spec.template.spec.containers[0].readinessProbe"],
    "another probe": [
      [deployment({ ports, livenessProbe: readinessProbe })],
      "spec.template.spec.containers[0].readinessProbe",
    ],
    "none of the second container": [
      [deployment({ ports, readinessProbe }, { ports })],
      "spec.template.spec.containers[1].readinessProbe",
    ],
  },
  waits: {
    "a computed probe": [
      [deployment({ ports, readinessProbe: unknown.object })],
      "spec.template.spec.containers[0].readinessProbe",
    ],
  },
});
