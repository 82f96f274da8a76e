import { at, rejected } from "../../values/verdicts.ts";
import { selectorsOf, SELECTOR_KINDS } from "./lib/selectors.ts";

export const workloadSelectors = rejected({
  id: "workload-selectors",
  title: "A selector of workloads names labels and their values in full.",
  remediation: "Write key and value in full, as in version: v1, and leave out a label that may have any value.",
  kinds: SELECTOR_KINDS,

  *check(object) {
    for (const selector of selectorsOf(object)) {
      for (const [key, value] of selector.entries()) {
        if (key === "") yield at(value, "name the label");
        if (key.includes("*") || (value.string() ?? "").includes("*")) {
          yield at(value, "write the label and its value without an asterisk, or leave it out to select more");
        }
      }
    }
  },
});
