import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

export const authorizationPolicyAllowIsNarrow: ObjectRule = {
  id: "authorization-policy-allow-is-narrow",
  title: "An ALLOW rule states which requests it allows, not only which ones it excludes.",
  rationale:
    "A rule without conditions allows everything, and a rule with only exclusions allows everything that nobody thought to exclude.",
  remediation: "List the principals, namespaces, paths or methods to allow.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: ["AuthorizationPolicy"],

  *check({ spec }) {
    const action = spec.at("action");
    const name = action.string();
    if (action.isUnknown() || (name !== undefined && name !== "" && name !== "ALLOW")) return;
    for (const rule of spec.at("rules").items()) {
      const conditions = conditionsOf(rule);
      if (conditions.some((condition) => condition === "unknown" || condition === "positive")) continue;
      yield {
        path: rule.path,
        message:
          conditions.length === 0
            ? "restrict the rule with from, to or when: it allows all requests"
            : "state which requests to allow, not only which ones to exclude",
      };
    }
  },
};

type Condition = "unknown" | "positive" | "negative";

function conditionsOf(rule: Field): Condition[] {
  const wrapped = [...contentsOf(rule.at("from"), "source"), ...contentsOf(rule.at("to"), "operation")];
  const lists = wrapped.flatMap((content) => {
    if (content.isUnknown()) return ["unknown" as const];
    return content.entries().flatMap(([name, list]) => conditionOf(name, list));
  });
  const when = rule.at("when");
  if (when.isUnknown()) return [...lists, "unknown"];
  const more = when
    .items()
    .flatMap((condition) =>
      condition.isUnknown()
        ? ["unknown" as const]
        : condition.entries().flatMap(([name, list]) => (name === "key" ? [] : conditionOf(name, list))),
    );
  return [...lists, ...more];
}

function contentsOf(clause: Field, wrapper: string): Field[] {
  return clause.isUnknown() ? [clause] : clause.items().map((item) => item.at(wrapper));
}

function conditionOf(name: string, list: Field): Condition[] {
  if (list.isUnknown()) return ["unknown"];
  if (list.items().length === 0) return [];
  return [/^not[A-Z]/.test(name) ? "negative" : "positive"];
}
