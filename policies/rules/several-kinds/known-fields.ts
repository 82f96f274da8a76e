import { fitting } from "./lib/shapes.ts";

export const knownFields = fitting("name", {
  id: "known-fields",
  title: "An object of Istio's or the Gateway API's has only fields that its API has.",
  rationale: "The API server drops a misspelt field without a word, and what it should have done never happens.",
  remediation: "Write the name that the finding offers, move the field to where Istio's API has it, or remove it.",
});
