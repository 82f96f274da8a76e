import { lacksItems } from "../../values/reading.ts";
import { SELECTOR_KINDS, wholeSelectorsOf } from "./lib/selectors.ts";
import { at, warned } from "../../values/verdicts.ts";

export const workloadSelectorsWithLabels = warned({
  id: "workload-selectors-with-labels",
  title: "A selector of workloads names a label.",
  rationale: "Without one it selects all workloads of the namespace, or of the mesh, which may not be what was meant.",
  remediation:
    "Add a label that only the meant workloads have, such as app: reviews, or remove the selector to select all.",
  kinds: SELECTOR_KINDS,

  *check(object) {
    for (const selector of wholeSelectorsOf(object)) {
      if (["labels", "matchLabels"].every((name) => lacksItems(selector.at(name)))) {
        yield at(selector, "name labels, or leave the selector out to select all");
      }
    }
  },
});
