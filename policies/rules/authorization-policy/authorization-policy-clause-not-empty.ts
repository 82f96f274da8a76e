import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

/** What each clause of a rule wraps its conditions in. */
const CLAUSES = { from: "source", to: "operation" } as const;

export const authorizationPolicyClauseNotEmpty: ObjectRule = {
  id: "authorization-policy-clause-not-empty",
  title: "A from or to clause in an AuthorizationPolicy rule has content.",
  rationale: "An empty clause, such as a computed list without items, matches everybody instead of nobody.",
  remediation: "Name the sources or operations, or omit the clause to match everybody.",
  severity: "critical",
  codes: [],
  kinds: ["AuthorizationPolicy"],

  *check({ spec }) {
    for (const rule of spec.at("rules").items()) {
      for (const [clause, wrapper] of Object.entries(CLAUSES)) {
        for (const place of emptyPlaces(rule.at(clause), wrapper)) {
          yield {
            path: place.path,
            message: `name the sources or operations, or remove \`${clause}\` to match everybody: an empty clause matches everybody`,
          };
        }
      }
    }
  },
};

function emptyPlaces(clause: Field, wrapper: string): Field[] {
  if (clause.valueType() !== "list") return [];
  const items = clause.items();
  if (items.length === 0) return [clause];
  return items.flatMap((item) => {
    if (item.isUnknown()) return [];
    const content = item.at(wrapper);
    if (content.isUnknown()) return [];
    const lists = content.entries();
    // A list that is not known yet may have something in it.
    if (lists.some(([, list]) => list.isUnknown())) return [];
    return lists.every(([, list]) => list.isAbsent() || (list.valueType() === "list" && list.items().length === 0))
      ? [content]
      : [];
  });
}
