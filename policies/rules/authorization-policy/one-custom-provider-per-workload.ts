import { shareWorkloads } from "../../model/policyTargets.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const oneCustomProviderPerWorkload: MeshRule = {
  id: "one-custom-provider-per-workload",
  title: "All CUSTOM AuthorizationPolicies for a workload name the same provider.",
  rationale:
    "With two providers, istiod denies every request that the policies match, unless PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS is set.",
  remediation:
    "Name the same provider in all of them, or set PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS on istiod and suppress this finding.",
  severity: "high",
  codes: [],

  // Istio: Builder.build in pilot/pkg/security/authz/builder/builder.go, and the flag in pilot/pkg/features.
  *checkMesh(mesh) {
    const policies = mesh.all("AuthorizationPolicy").filter(({ spec }) => spec.at("action").string() === "CUSTOM");
    for (const object of policies) {
      const place = object.spec.at("provider", "name");
      const name = place.string();
      const isOther = (other: string | undefined) => name !== undefined && other !== undefined && other !== name;
      const rivals = policies.filter(({ spec }) => isOther(spec.at("provider", "name").string()));
      if (!rivals.some((rival) => shareWorkloads(mesh, object, rival))) continue;
      yield { object, path: place.path, message: "use the same provider as the other policies for these Pods" };
    }
  },
};
