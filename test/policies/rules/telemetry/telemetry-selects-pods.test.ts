import { telemetrySelectsPods } from "../../../../policies/rules/telemetry/telemetry-selects-pods.ts";
import { describeSelecting } from "../../describeSelecting.ts";
import { anObject } from "../../istioctlObjects.ts";

describeSelecting(
  telemetrySelectsPods,
  (labels) => anObject("Telemetry", "own", { selector: { matchLabels: labels } }),
  "spec.selector.matchLabels",
);
