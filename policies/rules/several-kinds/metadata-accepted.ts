import { gatewayApiKinds } from "../../../istio/kinds.ts";
import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { isLabelKey, isLabelValue } from "../../values/names.ts";
import { hasText } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { ISTIO_KINDS } from "./lib/shapes.ts";

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

export const metadataAccepted = rejected({
  id: "metadata-accepted",
  title: "The name, namespace, labels and annotations of an object are of a form that the API server takes.",
  remediation:
    "Write names in small letters, digits and hyphens, and labels and annotations as Kubernetes' documentation has them.",
  kinds: [...ISTIO_KINDS, ...gatewayApiKinds],

  *check({ metadata }) {
    yield* nameFindings(metadata);
    for (const [key, value] of metadata.at("labels").entries()) {
      if (!isLabelKey(key) || /[A-Z].*\//.test(key)) yield at(value, KEY_TEXT);
      yield* textFindings(value);
      const text = value.string() ?? "";
      if (isWritten(text) && (text.length > 63 || !isLabelValue(text))) yield at(value, VALUE_TEXT);
    }
    for (const [key, value] of metadata.at("annotations").entries()) {
      if (!isLabelKey(key)) yield at(value, KEY_TEXT);
      yield* textFindings(value);
    }
  },
});

const KEY_TEXT =
  "write the key in letters, digits, hyphens, underscores and dots, after the domain that it is of, if any";
const VALUE_TEXT =
  "write at most 63 letters, digits, hyphens, underscores and dots, with a letter or a digit at both ends";

function* nameFindings(metadata: Field): Generator<Finding> {
  const [name, namespace] = [metadata.at("name"), metadata.at("namespace")];
  yield* textFindings(name);
  yield* textFindings(namespace);
  const written = name.string() ?? "";
  const isSubdomain = written.length <= 253 && written.split(".").every((part) => LABEL.test(part));
  if (hasText(name) && isWritten(written) && !isSubdomain) {
    yield at(name, "write at most 253 small letters, digits, hyphens and dots, with a letter or a digit at both ends");
  }
  const place = namespace.string() ?? "";
  if (hasText(namespace) && isWritten(place) && !(place.length <= 63 && LABEL.test(place))) {
    yield at(namespace, "write at most 63 small letters, digits and hyphens, with a letter or a digit at both ends");
  }
}

function* textFindings(field: Field): Generator<Finding> {
  if (field.isPresent() && field.valueType() !== "text") yield at(field, "write a string, in quotes");
}

/** Whether it is a text as the cluster gets it, not one in which a program fills something in first, such as `${NAME}`. */
function isWritten(text: string): boolean {
  return !/\$[\w{(]|\{\{/.test(text);
}
