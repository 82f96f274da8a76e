import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { hasItems, lacksText, places } from "../../values/reading.ts";
import { OPERATION_LISTS, SOURCE_LISTS } from "./lib/authorizationLists.ts";
import {
  addressProblem,
  attributeOf,
  portProblem,
  serviceAccountProblem,
  trustDomainProblem,
  type Problem,
} from "../../../istio/authorizationValues.ts";
import { pathTemplateProblem } from "../../../istio/pathTemplates.ts";
import { at, rejected } from "../../values/verdicts.ts";

/** What the values of a list have to be, besides something. */
const OF_LIST: Readonly<Record<string, Problem>> = {
  ipBlocks: addressProblem,
  remoteIpBlocks: addressProblem,
  serviceAccounts: serviceAccountProblem,
  trustDomains: trustDomainProblem,
  ports: portProblem,
  paths: pathTemplateProblem,
};

export const authorizationValues = rejected({
  id: "authorization-values",
  title:
    "Addresses, ports, paths, service accounts and domains in an AuthorizationPolicy use the syntax that Istio accepts.",
  remediation:
    "Use values such as 10.0.0.0/8, 8080, <namespace>/<account> and /v1/{*}, and conditions with a key that Istio knows and valid values.",
  kinds: ["AuthorizationPolicy"],

  *check({ spec }) {
    for (const [path, names] of [
      ["rules[].from[].source", SOURCE_LISTS],
      ["rules[].to[].operation", OPERATION_LISTS],
    ] as const) {
      for (const place of places(spec, path)) {
        for (const name of names) {
          const key = name.replace(/^not([A-Z])/, (_, letter: string) => letter.toLowerCase());
          yield* valueFindings(place.at(name), OF_LIST[key]);
        }
      }
    }
    for (const condition of places(spec, "rules[].when[]")) yield* conditionFindings(condition);
  },
});

function* valueFindings(list: Field, problemOf: Problem = () => undefined): Generator<Finding> {
  for (const value of list.items()) {
    const text = value.string();
    if (text === undefined) continue;
    const problem = text === "" ? "set a value, or remove this entry" : problemOf(text);
    if (problem !== undefined) yield at(value, problem);
  }
}

function* conditionFindings(condition: Field): Generator<Finding> {
  const key = condition.at("key");
  const lists = ["values", "notValues"].map((name) => condition.at(name));
  if (lacksText(key)) {
    yield at(key, "set the attribute that the condition matches");
    return;
  }
  if (!lists.some((list) => hasItems(list) || list.isUnknown())) {
    yield at(condition, "add values or notValues");
    return;
  }
  const text = key.string();
  if (text === undefined) return;
  const attribute = attributeOf(text);
  if ("problem" in attribute) {
    yield at(key, attribute.problem);
    return;
  }
  const { problemOf, most = Infinity } = attribute;
  for (const list of lists) {
    yield* valueFindings(list, problemOf);
    if (list.items().length > most) yield at(list, `use at most ${most}`);
  }
}
