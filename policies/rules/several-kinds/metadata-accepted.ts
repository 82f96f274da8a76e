import { builtInKinds, gatewayApiKinds } from "../../../istio/kinds.ts";
import type { Field } from "../../model/field.ts";
import { podTemplateOf, WORKLOAD_KINDS } from "../../model/podTemplates.ts";
import type { Finding } from "../../engine/rule.ts";
import { isLabelKey, isLabelValue } from "../../values/names.ts";
import { hasText } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import type { Kind } from "../../model/mesh.ts";
import { ISTIO_KINDS } from "./lib/shapes.ts";

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

export const metadataAccepted = rejected({
  id: "metadata-accepted",
  title: "The name, namespace, labels and annotations of an object are of a form that the API server takes.",
  remediation:
    "Write names in small letters, digits and hyphens, and labels and annotations as Kubernetes' documentation has them.",
  kinds: [...ISTIO_KINDS, ...gatewayApiKinds, ...[...builtInKinds.values()].flatMap(({ kinds }) => kinds)],

  *check(object) {
    const { kind, metadata } = object;
    yield* nameFindings(metadata, kind);
    yield* labelFindings(metadata);
    if (kind !== "Pod" && WORKLOAD_KINDS.some((one) => one === kind))
      yield* labelFindings(podTemplateOf(object).at("metadata"));
  },
});

function* labelFindings(metadata: Field): Generator<Finding> {
  for (const [key, value] of yield* entriesOf(metadata.at("labels"))) {
    if (isWritten(key) && (!isLabelKey(key) || /[A-Z].*\//.test(key))) yield at(value, KEY_TEXT);
    yield* textFindings(value);
    const text = value.string() ?? "";
    if (isWritten(text) && (text.length > 63 || !isLabelValue(text))) yield at(value, VALUE_TEXT);
  }
  for (const [key, value] of yield* entriesOf(metadata.at("annotations"))) {
    if (isWritten(key) && !isLabelKey(key)) yield at(value, KEY_TEXT);
    yield* textFindings(value);
  }
}

function* entriesOf(field: Field): Generator<Finding, [string, Field][]> {
  if (field.isPresent() && field.valueType() !== "map") yield at(field, "write a map of names and their values");
  return field.entries();
}

const KEY_TEXT =
  "write the key in letters, digits, hyphens, underscores and dots, after the domain that it is of, if any";
const VALUE_TEXT =
  "write at most 63 letters, digits, hyphens, underscores and dots, with a letter or a digit at both ends";

/** Kinds whose names are part of a domain name. */
const LABELS = new Set<Kind>(["Namespace", "Service"]);
/** Kinds whose names are free, but for a slash. */
const FREE = new Set<Kind>(["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"]);

function* nameFindings(metadata: Field, kind: Kind): Generator<Finding> {
  const [name, namespace] = [metadata.at("name"), metadata.at("namespace")];
  yield* textFindings(name);
  yield* textFindings(namespace);
  const written = name.string() ?? "";
  const isSubdomain = written.length <= 253 && written.split(".").every((part) => LABEL.test(part));
  if (hasText(name) && isWritten(written) && !FREE.has(kind)) {
    if (LABELS.has(kind) && !isLabel(written)) yield at(name, LABEL_TEXT);
    else if (!isSubdomain) {
      yield at(
        name,
        "write at most 253 small letters, digits, hyphens and dots, with a letter or a digit at both ends",
      );
    }
  }
  const place = namespace.string() ?? "";
  if (hasText(namespace) && isWritten(place) && !isLabel(place)) yield at(namespace, LABEL_TEXT);
}

const LABEL_TEXT = "write at most 63 small letters, digits and hyphens, with a letter or a digit at both ends";

const isLabel = (name: string): boolean => name.length <= 63 && LABEL.test(name);

function* textFindings(field: Field): Generator<Finding> {
  if (field.isPresent() && field.valueType() !== "text") yield at(field, "write a string, in quotes");
}

/** Whether it is a text as the cluster gets it, not one in which a program fills something in first, such as `${NAME}`. */
function isWritten(text: string): boolean {
  return !/\$[\w{(]|\{\{/.test(text);
}
