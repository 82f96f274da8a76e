import { telemetrySelectsPods } from "../../../../policies/rules/analysis/telemetry-selects-pods";
import { describeSelecting } from "./describeSelecting";
import { anObject } from "./objects";

describeSelecting(
  telemetrySelectsPods,
  (labels) => anObject("Telemetry", "own", { selector: { matchLabels: labels } }),
  "spec.selector.matchLabels",
);
