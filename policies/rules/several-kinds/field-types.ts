import { fitting } from "./lib/shapes.ts";

export const fieldTypes = fitting("type", {
  id: "field-types",
  title:
    "Every field of an object of Istio's or the Gateway API's holds the kind of value that its schema asks for, and none is missing.",
  remediation:
    "Write the kind of value that the finding names, strings in quotes and numbers without, and add the fields that are missing.",
});
