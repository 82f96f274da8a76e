import { hasItems, lacksItems, places } from "../../values/reading.ts";
import { OPERATION_LISTS, SOURCE_LISTS } from "./lib/authorizationLists.ts";
import { at, rejected } from "../../values/verdicts.ts";

const PARTS = [
  ["from", "source", SOURCE_LISTS],
  ["to", "operation", OPERATION_LISTS],
] as const;

export const authorizationRules = rejected({
  id: "authorization-rules",
  title:
    "Each source and operation of a rule sets at least one field, and a source names either service accounts or principals and namespaces.",
  remediation:
    "Set lists such as principals in each source and paths in each operation, and use either serviceAccounts or principals and namespaces.",
  kinds: ["AuthorizationPolicy"],

  *check({ spec }) {
    for (const rule of places(spec, "rules[]")) {
      for (const [list, part, names] of PARTS) {
        for (const entry of places(rule, `${list}[]`)) {
          const place = entry.at(part);
          if (place.isAbsent()) yield at(place, `add it: ${part} is the only field that an entry of ${list} has`);
          else if (names.every((name) => lacksItems(place.at(name))))
            yield at(place, `set at least one of ${names.join(", ")}`);
        }
      }
      for (const source of places(rule, "from[].source")) {
        const accounts = ["serviceAccounts", "notServiceAccounts"].map((name) => source.at(name)).filter(hasItems);
        const others = ["principals", "notPrincipals", "namespaces", "notNamespaces"];
        if (others.some((name) => hasItems(source.at(name)))) {
          for (const field of accounts)
            yield at(field, "remove this field, or remove principals and namespaces: they select the same clients");
        }
      }
    }
  },
});
