import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

/** What each clause of a rule wraps its conditions in. */
const CLAUSES = { from: "source", to: "operation" } as const;

export const authorizationPolicyClauseNotEmpty: ObjectRule = {
  id: "authorization-policy-clause-not-empty",
  title: "A clause from or to of an AuthorizationPolicy's rule says something.",
  rationale: "An empty one, such as a computed list that came out empty, does not match nobody: it matches everybody.",
  remediation: "Name who or what is meant, or leave the clause out where everybody is meant.",
  severity: "critical",
  codes: [],
  kinds: ["AuthorizationPolicy"],

  *check({ spec }) {
    for (const rule of spec.at("rules").items()) {
      for (const [clause, wrapper] of Object.entries(CLAUSES)) {
        for (const place of emptyPlaces(rule.at(clause), wrapper)) {
          yield {
            path: place.path,
            message: `say who or what is meant, or leave out \`${clause}\` if everybody is: empty, it matches everybody`,
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
