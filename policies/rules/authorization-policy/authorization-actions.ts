import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { hasItems, lacksItems, lacksText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const authorizationActions = rejected({
  id: "authorization-actions",
  title: "A policy that denies has rules, and one that asks a provider names it and what providers can match.",
  remediation:
    "Write rules for DENY and CUSTOM; name a provider for CUSTOM only, and match addresses, hosts or paths there, not identities or claims.",
  kinds: ["AuthorizationPolicy"],

  *check({ spec }) {
    const action = spec.at("action");
    const rules = spec.at("rules");
    const provider = spec.at("provider");
    const verb = action.isAbsent() ? "ALLOW" : action.string();
    if (verb === undefined) return;
    if (["DENY", "CUSTOM"].includes(verb) && lacksItems(rules)) {
      yield at(rules, "add a rule, of which {} is for every request: without one the policy does nothing");
    }
    if (verb === "CUSTOM") {
      if (hasItems(rules) && lacksText(provider.at("name"))) yield at(provider.at("name"), "name the provider to ask");
      yield* unsupported(spec);
    } else if (provider.isPresent()) {
      yield at(provider, "take it out, or write the action CUSTOM");
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
      if (hasItems(field)) yield at(field, "take it out: with the action CUSTOM only addresses are matched");
    }
  }
  for (const key of places(spec, "rules[].when[].key")) {
    const text = key.string() ?? "";
    if (KEYS.has(text) || text.startsWith("request.auth."))
      yield at(key, "take it out: the action CUSTOM can not match it");
  }
}
