import type { Field } from "../model/field.ts";
import type { MeshObject } from "../model/mesh.ts";
import { allPlaces, places } from "./reading.ts";

/** Traffic policies of a DestinationRule, without those of single ports. */
export function trafficPoliciesOf({ spec }: MeshObject): Field[] {
  return allPlaces(spec, "trafficPolicy", "subsets[].trafficPolicy");
}

/** Traffic policies of a DestinationRule, those of single ports as well. */
export function allTrafficPolicies(object: MeshObject): Field[] {
  return trafficPoliciesOf(object).flatMap((policy) => [policy, ...places(policy, "portLevelSettings[]")]);
}

/**
 * What a finding on a traffic policy is besides its place: istiod's webhook warns of the policy of a whole host only, though
 * those of subsets and ports are no better.
 */
export function warningOf(policy: Field): { readonly code?: null } {
  return policy.path === "spec.trafficPolicy" ? {} : { code: null };
}
