/*
 * Names as Istio's own validation reads them, which is wider here and there than what Kubernetes takes.
 *
 * @see https://github.com/istio/istio/tree/master/pkg/config/labels
 */

const LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const WILDCARD_LABEL = new RegExp(`^(?:\\*|(?:\\*-?)?${LABEL})$`);

const QUALIFIED = "(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const TAG_KEY = new RegExp(`^(?:(${LABEL}(?:\\.${LABEL})*)/)?(${QUALIFIED})$`);
const TAG_VALUE = new RegExp(`^(?:${QUALIFIED})?$`);

/** What a DNS-1123 label is, after "must be". */
export const DNS_LABEL_TEXT =
  "a DNS label: at most 63 letters, digits and hyphens, with a letter or a digit at both ends";

export const HEADER_NAME_TEXT = "use a header name: letters, digits and hyphens";

export function isDnsLabel(name: string): boolean {
  return name.length <= 63 && DNS_LABEL.test(name);
}

/** A DNS label that may also be `*`, or begin with it. */
export function isWildcardLabel(name: string): boolean {
  return name.length <= 63 && WILDCARD_LABEL.test(name);
}

/** Whether it can be the key of a label of a workload. */
export function isLabelKey(key: string): boolean {
  const [, prefix = "", name] = TAG_KEY.exec(key) ?? [];
  return name !== undefined && name.length <= 63 && prefix.length <= 253;
}

/** Whether it can be the value of a label of a workload. */
export function isLabelValue(value: string): boolean {
  return TAG_VALUE.test(value);
}
