import { fitting } from "./lib/shapes";

export const knownFields = fitting("name", {
  id: "known-fields",
  requires: "An object of Istio's has only fields that Istio knows.",
  because: "The API server drops a misspelt field without a word, and what it should have done never happens.",
});
