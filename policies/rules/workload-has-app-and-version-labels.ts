import type { ObjectRule } from "../rule";
import { podTemplateOf } from "../workloads";

/** Labels that Istio takes the name and the version of a workload from, in its order. */
const NAME = ["service.istio.io/canonical-name", "app.kubernetes.io/name", "app"];
const VERSION = ["service.istio.io/canonical-revision", "app.kubernetes.io/version", "version"];

export const workloadHasAppAndVersionLabels: ObjectRule = {
  id: "workload-has-app-and-version-labels",
  requires: "The pods of a workload in the mesh carry the labels app and version.",
  because: "Subsets choose pods by them; without them metrics, traces and Kiali's graph show all versions as one.",
  severity: "low",
  covers: [],
  kinds: ["Deployment", "StatefulSet", "DaemonSet"],

  *check(object) {
    const metadata = podTemplateOf(object).at("metadata");
    const labels = metadata.at("labels");
    const injection = [labels, metadata.at("annotations")].map((place) => place.at("sidecar.istio.io/inject").text());
    if (injection.includes("false")) return;
    for (const [label, accepted] of [
      ["app", NAME],
      ["version", VERSION],
    ] as const) {
      if (accepted.every((name) => labels.at(name).isAbsent())) {
        yield { path: labels.path, message: `add the label ${label} to the pod template` };
      }
    }
  },
};
