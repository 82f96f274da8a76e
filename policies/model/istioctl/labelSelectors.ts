import type { Field } from "../field.ts";

type Labels = Readonly<Record<string, string>>;

/**
 * Whether a selector of Kubernetes, with `matchLabels` and `matchExpressions`, takes labels; one that is not there takes all.
 * Nothing if that is not known yet.
 */
export function matches(selector: Field, labels: Labels): boolean | undefined {
  const [exact, expressions] = [selector.at("matchLabels"), selector.at("matchExpressions")];
  if (exact.isUnknown() || expressions.isUnknown()) return undefined;
  const answers = [
    ...exact.entries().map(([name, value]) => (value.isUnknown() ? undefined : labels[name] === value.string())),
    ...expressions.items().map((expression) => holds(expression, labels)),
  ];
  return both(answers);
}

/** Whether all hold; nothing if that depends on one that is not known yet. */
export function both(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function holds(expression: Field, labels: Labels): boolean | undefined {
  if (expression.data() === undefined) return undefined;
  const name = expression.at("key").string();
  if (name === undefined) return false;
  const value = labels[name];
  const values = expression.at("values").strings();
  switch (expression.at("operator").string()) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}

/** The values that a selector names for a label. */
export function valuesOf(selector: Field, label: string): string[] {
  const only = selector.at("matchLabels", label).string();
  const expressions = selector.at("matchExpressions").items();
  return [
    ...(only === undefined ? [] : [only]),
    ...expressions.filter((one) => one.at("key").string() === label).flatMap((one) => one.at("values").strings()),
  ];
}
