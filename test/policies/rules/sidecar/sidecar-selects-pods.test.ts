import { sidecarSelectsPods } from "../../../../policies/rules/sidecar/sidecar-selects-pods.ts";
import { describeSelecting } from "../../describeSelecting.ts";
import { anObject } from "../../istioctlObjects.ts";

describeSelecting(
  sidecarSelectsPods,
  (labels) => anObject("Sidecar", "own", { workloadSelector: { labels } }),
  "spec.workloadSelector.labels",
);
