import type { Field } from "../model/field.ts";
import type { Finding } from "../engine/rule.ts";
import { isLabelKey, isLabelValue } from "./names.ts";
import { at } from "./verdicts.ts";

/** What is wrong with labels of workloads. */
export function* labelFindings(labels: Field): Generator<Finding> {
  for (const [key, value] of labels.entries()) {
    if (!isLabelKey(key)) {
      yield at(value, "use letters, digits, hyphens, underscores and dots in the label name, after an optional domain");
    }
    const text = value.string();
    if (text !== undefined && !isLabelValue(text)) {
      yield at(value, "use letters, digits, hyphens, underscores and dots, with a letter or a digit at both ends");
    }
  }
}
