import { places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const authorizationListsFilled = rejected({
  id: "authorization-lists-filled",
  title: "The from, to and when of a rule are not empty lists.",
  rationale:
    "Istio takes an empty list for none, so that the rule matches everything: what a program computed as nobody becomes everybody.",
  remediation:
    "Fill in who or what is meant; leave out the list to match everything, or the whole rule to match nothing.",
  kinds: ["AuthorizationPolicy"],
  // No tool says it of a cluster, where nothing tells an empty list from none.
  codes: [],

  *check({ spec }) {
    for (const rule of places(spec, "rules[]")) {
      for (const list of ["from", "to", "when"].map((name) => rule.at(name))) {
        if (list.valueType() === "list" && list.items().length === 0) {
          yield at(list, "put in who or what is meant, or leave it out if the rule shall match everything");
        }
      }
    }
  },
});
