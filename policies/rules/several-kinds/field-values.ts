import { fitting } from "./lib/shapes.ts";

export const fieldValues = fitting("value", {
  id: "field-values",
  title:
    "Every field of an object of Istio's or the Gateway API's keeps to the words, ranges, patterns and durations of its schema.",
  remediation:
    "Choose a word, number or duration such as 250ms within what the finding allows, and set one only of fields that exclude each other.",
});
