import { fitting } from "./lib/shapes";

export const fieldValues = fitting("value", {
  id: "field-values",
  requires: "Every field of an object of Istio's keeps to the words, ranges, patterns and durations of its schema.",
});
