// Where AuthorizationPolicies ask for what only a validated token tells.
import type { Field } from "../../../model/field.ts";
import type { MeshObject } from "../../../model/mesh.ts";
import { rulesOf } from "../../../model/kiali/authorization.ts";

const PRINCIPALS = ["requestPrincipals", "notRequestPrincipals"] as const;

/** Whether a condition is about a token: its issuer, its audience or a claim of it. */
export function isAboutToken(condition: Field): boolean {
  return condition.at("key").string()?.startsWith("request.auth.") === true;
}

/** The places of a policy that are about tokens. */
export function tokenConditionsOf(policy: MeshObject): Field[] {
  return rulesOf(policy).flatMap((rule) => {
    const sources = rule.at("from").items();
    const lists = sources.flatMap((from) => PRINCIPALS.map((name) => from.at("source", name)));
    const conditions = rule.at("when").items().filter(isAboutToken);
    return [...lists.filter((list) => list.items().length > 0), ...conditions.map((condition) => condition.at("key"))];
  });
}

/** Whether a rule fits requests for having no token, and asks for nothing else of the client. */
export function fitsWithoutToken(rule: Field): boolean {
  const [from, when] = [rule.at("from"), rule.at("when")];
  if (from.isUnknown() || when.isUnknown()) return false;
  const conditions = when.items();
  if (!conditions.every((condition) => isAboutToken(condition) && hasOnly(condition, "notValues"))) return false;
  const sources = from.items().map((item) => item.at("source"));
  if (sources.length === 0) return conditions.length > 0;
  return sources.some((source) => hasOnly(source, "notRequestPrincipals"));
}

/** Whether of the lists of a source or a condition one alone is filled. */
function hasOnly(place: Field, name: string): boolean {
  if (place.isUnknown()) return false;
  const others = place.entries().filter(([key]) => key !== name && key !== "key");
  if (others.some(([, list]) => list.isUnknown() || list.items().length > 0)) return false;
  return place.at(name).items().length > 0;
}
