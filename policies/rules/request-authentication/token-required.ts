import { groupedBy } from "../../model/groups.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { isOpenNamespace, rootNamespace } from "../../model/namespaces.ts";
import { mayShareWorkloads } from "../../model/policyTargets.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const tokenRequired: MeshRule = {
  id: "token-required",
  title: "Where a RequestAuthentication validates tokens, an AuthorizationPolicy requires one.",
  rationale: "A RequestAuthentication rejects invalid tokens, but accepts requests without a token.",
  remediation:
    'Add an AuthorizationPolicy for the same Pods with requestPrincipals: ["*"] in an ALLOW rule, or notRequestPrincipals in a DENY rule.',
  severity: "high",
  codes: [],

  // Istio: buildJwtFilter in pilot/pkg/security/authn/policy_applier.go, where a token may always be missing.
  *checkMesh(mesh) {
    if (mesh.derive(readRoutesByClaim)) return;
    for (const object of mesh.all("RequestAuthentication")) {
      const rules = object.spec.at("jwtRules");
      if (rules.items().length === 0 || rules.items().some(tellsApplication)) continue;
      const { namespace } = object;
      if (namespace === undefined || isOpenNamespace(mesh, namespace)) continue;
      const beside = policiesNear(mesh, namespace).filter((policy) => mayShareWorkloads(mesh, object, policy));
      if (beside.some((policy) => asksForToken(policy) || letsNobodyIn(policy))) continue;
      // Clients that are told by name, such as a gateway, may have been asked for the token.
      if (beside.some(namesClients) && mesh.derive(readAskers)) continue;
      const message = "add an AuthorizationPolicy for these Pods that requires a token, such as with requestPrincipals";
      yield { object, path: rules.path, message, missing: beside.length === 0 };
    }
  },
};

function policiesNear(mesh: Mesh, namespace: string): readonly MeshObject[] {
  const root = rootNamespace(mesh);
  if (namespace === root) return mesh.all("AuthorizationPolicy");
  const byNamespace = mesh.derive(readPoliciesByNamespace);
  return [namespace, root, undefined].flatMap((place) => byNamespace.get(place) ?? []);
}

function readPoliciesByNamespace(mesh: Mesh): ReadonlyMap<string | undefined, readonly MeshObject[]> {
  return groupedBy(mesh.all("AuthorizationPolicy"), ({ namespace }) => namespace);
}

/** Whether the application gets what the token says, and may ask for it by itself. */
function tellsApplication(rule: Field): boolean {
  return !rule.at("outputClaimToHeaders").isAbsent() || !rule.at("outputPayloadToHeader").isAbsent();
}

/** Whether a policy asks for a token, or may do so. */
function asksForToken({ spec }: MeshObject): boolean {
  const action = spec.at("action");
  if (action.isUnknown() || action.string() === "CUSTOM") return true;
  const lists = spec
    .at("rules")
    .items()
    .flatMap((rule) => [rule.at("from"), rule.at("when")]);
  const [from, when] = ["from", "when"].map((name) =>
    spec
      .at("rules")
      .items()
      .flatMap((rule) => rule.at(name).items()),
  );
  const sources = (from ?? []).flatMap((item) =>
    ["requestPrincipals", "notRequestPrincipals"].map((name) => item.at("source", name)),
  );
  const keys = (when ?? []).map((item) => item.at("key"));
  const isUnsure = [spec.at("rules"), ...lists, ...keys].some((place) => place.isUnknown());
  return (
    isUnsure ||
    sources.some((list) => !list.isAbsent()) ||
    keys.some((key) => key.string()?.startsWith("request.auth.") === true)
  );
}

/** Whether a policy of any pods asks for a token. */
function readAskers(mesh: Mesh): boolean {
  return mesh.all("AuthorizationPolicy").some(asksForToken);
}

/** Whether a policy allows some clients only, or may do so. */
function namesClients({ spec }: MeshObject): boolean {
  const rules = spec.at("rules");
  if (rules.isUnknown() || (spec.at("action").string() ?? "ALLOW") !== "ALLOW") return rules.isUnknown();
  return rules.items().every((rule) => !rule.at("from").isAbsent());
}

/** Whether it lets nobody in at all: a policy that allows nothing, or denies everything. */
function letsNobodyIn({ spec }: MeshObject): boolean {
  const rules = spec.at("rules").items();
  const action = spec.at("action").string() ?? "ALLOW";
  const isForAll = (rule: Field) => ["from", "to", "when"].every((name) => rule.at(name).isAbsent());
  return action === "ALLOW" ? rules.length === 0 : action === "DENY" && rules.some(isForAll);
}

/** Whether a route depends on a claim of a token, or may do so: requests without one take another route. */
function readRoutesByClaim(mesh: Mesh): boolean {
  const lists = mesh.all("VirtualService").map(({ spec }) => spec.at("http"));
  const matches = lists.flatMap((list) => list.items()).map((route) => route.at("match"));
  const headers = matches
    .flatMap((list) => list.items())
    .flatMap((match) => ["headers", "withoutHeaders"].map((name) => match.at(name)));
  const isByClaim = (name: string) => name.toLowerCase().startsWith("@request.auth.claims");
  return (
    [...lists, ...matches, ...headers].some((place) => place.isUnknown()) ||
    headers.some((map) => map.keys().some(isByClaim))
  );
}
