import { groupedBy } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { isOpenNamespace, rootNamespace } from "../../model/namespaces.ts";
import { mayShareWorkloads, selectorOf } from "../../model/policyTargets.ts";
import { readWorkloads, takes } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { tokenConditionsOf } from "./lib/tokenConditions.ts";

export const matchedTokenValidated: MeshRule = {
  id: "matched-token-validated",
  title: "Where an AuthorizationPolicy matches tokens or their claims, a RequestAuthentication validates them.",
  rationale:
    "A proxy knows a token only where it validates it itself, so an ALLOW rule allows nobody, a rule with values never denies, and a rule with notValues denies everybody.",
  remediation:
    "Add a RequestAuthentication for the same Pods with the issuer in jwtRules, and set forwardOriginalToken where a proxy before them validates the token.",
  severity: "high",
  missing: true,
  codes: [],

  // Istio: MetadataListValueMatcherForJWTClaims in pilot/pkg/security/authz/model/util.go, where the claims come from Envoy's
  // filter for tokens, which buildJwtFilter in pilot/pkg/security/authn/policy_applier.go makes of RequestAuthentications alone.
  *checkMesh(mesh) {
    for (const object of mesh.all("AuthorizationPolicy")) {
      const { namespace, spec } = object;
      const action = spec.at("action");
      if (namespace === undefined || action.isUnknown() || action.string() === "CUSTOM") continue;
      // One RequestAuthentication mends all of them.
      const [place] = tokenConditionsOf(object);
      if (place === undefined || isOpenNamespace(mesh, namespace)) continue;
      if (validatingNear(mesh, namespace).some((other) => mayValidateFor(mesh, object, other))) continue;
      if (mesh.derive(readsTokensOtherwise)) continue;
      const message = "add a RequestAuthentication for these Pods, whose proxies validate no tokens";
      yield { object, path: place.path, message };
    }
  },
};

/** The RequestAuthentications that may be for pods of a namespace's policies. */
function validatingNear(mesh: Mesh, namespace: string): readonly MeshObject[] {
  const byNamespace = mesh.derive(readValidating);
  const root = rootNamespace(mesh);
  if (namespace === root) return [...byNamespace.values()].flat();
  return [namespace, root, undefined].flatMap((place) => byNamespace.get(place) ?? []);
}

/** Those that validate tokens, or may do so. */
function readValidating(mesh: Mesh): ReadonlyMap<string | undefined, readonly MeshObject[]> {
  const validating = mesh.all("RequestAuthentication").filter(({ spec }) => {
    const rules = spec.at("jwtRules");
    return rules.isUnknown() || rules.items().length > 0;
  });
  return groupedBy(validating, ({ namespace }) => namespace);
}

/** Whether a RequestAuthentication may be for pods of a policy. */
function mayValidateFor(mesh: Mesh, policy: MeshObject, other: MeshObject): boolean {
  if (!mayShareWorkloads(mesh, policy, other)) return false;
  const [selected, validated] = [selectorOf(policy), selectorOf(other)];
  const { namespace } = policy;
  if (selected === undefined || validated === undefined || namespace === undefined) return true;
  const workloads = mesh.derive(readWorkloads);
  if (namespace === rootNamespace(mesh) || workloads.mayHide(namespace)) return true;
  const pods = workloads.selectedBy(selected, namespace);
  return pods.length === 0 || pods.some(({ labels }) => takes(validated, labels));
}

/** Whether an EnvoyFilter has to do with tokens, or may have. */
function readsTokensOtherwise(mesh: Mesh): boolean {
  return mesh.all("EnvoyFilter").some(({ spec }) => {
    const data = spec.data();
    return data === undefined ? !spec.isAbsent() : JSON.stringify(data).includes("jwt_authn");
  });
}
