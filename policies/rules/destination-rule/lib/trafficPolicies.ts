import type { Field } from "../../../model/field.ts";
import type { MeshObject } from "../../../model/mesh.ts";

/** Every place of a DestinationRule that says how its clients connect: for the host, for a port, for a subset. */
export function trafficPoliciesOf({ spec }: MeshObject): Field[] {
  const policies = [
    spec.at("trafficPolicy"),
    ...spec
      .at("subsets")
      .items()
      .map((subset) => subset.at("trafficPolicy")),
  ];
  return policies.flatMap((policy) => [policy, ...policy.at("portLevelSettings").items()]);
}
