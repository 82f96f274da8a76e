import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { hasItems, lacksItems, lacksText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const authorizationActions = rejected({
  id: "authorization-actions",
  title:
    "A DENY policy has rules, and a CUSTOM policy names a provider and matches only attributes that the provider can use.",
  remediation:
    "Add rules to DENY and CUSTOM policies, set provider only for CUSTOM, and match addresses, hosts or paths there instead of identities or claims.",
  kinds: ["AuthorizationPolicy"],

  *check({ spec }) {
    const action = spec.at("action");
    const rules = spec.at("rules");
    const provider = spec.at("provider");
    const verb = action.isAbsent() ? "ALLOW" : action.string();
    if (verb === undefined) return;
    if (["DENY", "CUSTOM"].includes(verb) && lacksItems(rules)) {
      yield at(rules, "add a rule, such as {} to match every request: without rules the policy does nothing");
    }
    if (verb === "CUSTOM") {
      if (hasItems(rules) && lacksText(provider.at("name")))
        yield at(provider.at("name"), "set the name of the provider");
      yield* unsupported(spec);
    } else if (provider.isPresent()) {
      yield at(provider, "remove this field, or set the action to CUSTOM");
    }
  },
});

const SOURCES = ["namespaces", "serviceAccounts", "trustDomains", "principals", "requestPrincipals"];
const KEYS = new Set(["source.namespace", "source.serviceAccount", "source.trustDomain", "source.principal"]);

/** What Istio can not match before it asks a provider. */
function* unsupported(spec: Field): Generator<Finding> {
  for (const source of places(spec, "rules[].from[].source")) {
    for (const name of SOURCES.flatMap((key) => [key, `not${key.charAt(0).toUpperCase()}${key.slice(1)}`])) {
      const field = source.at(name);
      if (hasItems(field)) yield at(field, "remove this field: the action CUSTOM supports only IP addresses here");
    }
  }
  for (const key of places(spec, "rules[].when[].key")) {
    const text = key.string() ?? "";
    if (KEYS.has(text) || text.startsWith("request.auth."))
      yield at(key, "remove this condition: the action CUSTOM does not support it");
  }
}
