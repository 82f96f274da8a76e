import { telemetrySelectsPods } from "../../../../policies/rules/telemetry/telemetry-selects-pods";
import { describeSelecting } from "../../describeSelecting";
import { anObject } from "../../istioctlObjects";

describeSelecting(
  telemetrySelectsPods,
  (labels) => anObject("Telemetry", "own", { selector: { matchLabels: labels } }),
  "spec.selector.matchLabels",
);
