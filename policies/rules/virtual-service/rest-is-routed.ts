import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

export const restIsRouted: ObjectRule = {
  id: "rest-is-routed",
  title: "The routes of a service in the mesh end with one that matches all other requests.",
  rationale: "If no route matches, the caller's proxy returns 404 without asking the service.",
  remediation: "Add a route without a match at the end.",
  severity: "low",
  environment: true,
  codes: [],
  kinds: ["VirtualService"],

  *check({ spec }) {
    const gateways = spec.at("gateways");
    // At a gateway alone, only some paths may be meant to be open.
    if (spec.at("hosts").items().length === 0 || !(gateways.isAbsent() || gateways.strings().includes("mesh"))) return;
    const http = spec.at("http");
    const routes = http.items();
    if (routes.length === 0 || routes.some(takesRest)) return;
    yield { path: http.path, message: "add a route without a match for all other requests" };
  },
};

function takesRest(route: Field): boolean {
  const match = route.at("match");
  if (match.isUnknown()) return true;
  const matches = match.items();
  return matches.length === 0 || matches.some(isOpen);
}

/** Whether a match looks at nothing of a request but the way that it comes. */
function isOpen(match: Field): boolean {
  if (match.isUnknown()) return true;
  return match.entries().every(([key, condition]) => {
    if (["name", "gateways", "port"].includes(key) || condition.isUnknown()) return true;
    return key === "uri" && (condition.at("prefix").isUnknown() || condition.at("prefix").string() === "/");
  });
}
