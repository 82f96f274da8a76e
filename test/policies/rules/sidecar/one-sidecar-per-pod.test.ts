import { oneSidecarPerPod } from "../../../../policies/rules/sidecar/one-sidecar-per-pod.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, sidecar } from "../../kialiObjects.ts";

const selecting = (labels: object) => sidecar({ workloadSelector: { labels } });

describeRule(oneSidecarPerPod, {
  open: false,
  withCodes: true,
  accepts: {
    "one for all and one for some": [sidecar(), selecting({ app: "a" }), deployment({ app: "a" })],
    "different namespaces": [
      sidecar(),
      sidecar({}, { namespace: "other" }),
      deployment({ app: "a" }),
      deployment({ app: "a" }, { namespace: "other" }),
    ],
    "two for a namespace without workloads": [sidecar(), sidecar()],
  },
  refuses: {
    "two for all": [
      [sidecar(), sidecar(), deployment({ app: "a" })],
      "KIA0002 0 spec.workloadSelector.labels",
      "KIA0002 1 spec.workloadSelector.labels",
    ],
    "two for one workload": [
      [selecting({ app: "a" }), selecting({ version: "v1" }), deployment({ app: "a", version: "v1" })],
      "KIA0003 0 spec.workloadSelector.labels",
      "KIA0003 1 spec.workloadSelector.labels",
    ],
  },
});
