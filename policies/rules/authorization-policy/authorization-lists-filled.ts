import { places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const authorizationListsFilled = rejected({
  id: "authorization-lists-filled",
  title: "The from, to and when lists of a rule are not empty.",
  rationale:
    'Istio treats an empty list like a missing one, so the rule matches everything: a list computed as "nobody" becomes "everybody".',
  remediation: "Add entries to the list, omit it to match everything, or remove the whole rule to match nothing.",
  kinds: ["AuthorizationPolicy"],
  // No tool says it of a cluster, where nothing tells an empty list from none.
  codes: [],

  *check({ spec }) {
    for (const rule of places(spec, "rules[]")) {
      for (const list of ["from", "to", "when"].map((name) => rule.at(name))) {
        if (list.valueType() === "list" && list.items().length === 0) {
          yield at(list, "add entries, or remove the list if the rule must match everything");
        }
      }
    }
  },
});
