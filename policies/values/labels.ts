import type { Field } from "../model/field";
import type { Finding } from "../engine/rule";
import { isLabelKey, isLabelValue } from "./names";
import { at } from "./verdicts";

/** What is wrong with labels of workloads. */
export function* labelFindings(labels: Field): Generator<Finding> {
  for (const [key, value] of labels.entries()) {
    if (!isLabelKey(key)) {
      yield at(
        value,
        "name the label with letters, digits, hyphens, underscores and dots, after the domain that it is of, if any",
      );
    }
    const text = value.string();
    if (text !== undefined && !isLabelValue(text)) {
      yield at(value, "write letters, digits, hyphens, underscores and dots, with a letter or a digit at both ends");
    }
  }
}
