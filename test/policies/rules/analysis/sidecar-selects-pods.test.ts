import { sidecarSelectsPods } from "../../../../policies/rules/analysis/sidecar-selects-pods";
import { describeSelecting } from "./describeSelecting";
import { anObject } from "./objects";

describeSelecting(
  sidecarSelectsPods,
  (labels) => anObject("Sidecar", "own", { workloadSelector: { labels } }),
  "spec.workloadSelector.labels",
);
