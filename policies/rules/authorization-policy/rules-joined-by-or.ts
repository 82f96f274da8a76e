import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

export const rulesJoinedByOr: ObjectRule = {
  id: "rules-joined-by-or",
  title: "Conditions that a request must meet together are in one rule, and in one item of its lists.",
  rationale:
    "List items are alternatives: with from in one rule and to in another, these clients may do everything, and everybody may do this.",
  remediation: "Remove the dash before the second condition if a request must meet both, or leave the rule as it is.",
  severity: "low",
  codes: [],
  kinds: ["AuthorizationPolicy"],

  // Istio: Model.Generate in pilot/pkg/security/authz/model/model.go, which joins rules and items by OR.
  *check({ spec }) {
    const rules = spec.at("rules").items();
    const message = "remove the dash before this item if a request must meet both: as written, one of them is enough";
    for (const { path } of [...halves(rules, CLAUSES), ...rules.flatMap(halvesOfRule)]) yield { path, message };
  },
};

const CLAUSES = ["from", "to"];
const OPERATIONS = ["methods", "paths", "hosts", "ports"];
/** One of several pods, namespaces or addresses is often what is meant; a pod or somebody's token is not. */
const SOURCES = [
  ["principals", "requestPrincipals"],
  ["namespaces", "requestPrincipals"],
];

function halvesOfRule(rule: Field): Field[] {
  const operations = rule
    .at("to")
    .items()
    .map((item) => item.at("operation"));
  const sources = rule
    .at("from")
    .items()
    .map((item) => item.at("source"));
  return [...halves(operations, OPERATIONS), ...SOURCES.flatMap((parts) => halves(sources, parts))];
}

/** The items that have one part each, and another one than the item before, which has no other item like it. */
function halves(items: readonly Field[], parts: readonly string[]): Field[] {
  const kinds = items.map((item) => partOf(item, parts));
  // Who writes each part once, in a row, has taken the list for one thing.
  if (kinds.length < 2 || kinds.includes(undefined) || new Set(kinds).size < kinds.length) return [];
  return items.slice(1);
}

/** The only part that an item has; nothing if it has several, or others. */
function partOf(item: Field, parts: readonly string[]): string | undefined {
  const keys = item.keys().filter((key) => !item.at(key).isAbsent());
  const [key, ...others] = keys;
  return key !== undefined && others.length === 0 && parts.includes(key) && item.at(key).items().length > 0
    ? key
    : undefined;
}
