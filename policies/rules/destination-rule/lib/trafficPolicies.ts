import type { Field } from "../../../model/field";
import type { MeshObject } from "../../../model/mesh";

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
