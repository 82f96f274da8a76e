import { sidecarSelectsPods } from "../../../../policies/rules/sidecar/sidecar-selects-pods";
import { describeSelecting } from "../../describeSelecting";
import { anObject } from "../../istioctlObjects";

describeSelecting(
  sidecarSelectsPods,
  (labels) => anObject("Sidecar", "own", { workloadSelector: { labels } }),
  "spec.workloadSelector.labels",
);
