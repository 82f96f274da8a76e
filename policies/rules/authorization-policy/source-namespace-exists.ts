import type { Mesh } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { sourcesOf } from "../../model/kiali/authorization.ts";
import { mayExist, readNamespaceNames } from "../../model/kiali/namespaces.ts";

export const sourceNamespaceExists: MeshRule = {
  id: "source-namespace-exists",
  title: "An AuthorizationPolicy names only source namespaces that exist.",
  rationale: "No request comes from a namespace that does not exist, so this part of the rule never applies.",
  remediation: "Name an existing namespace, or remove this entry.",
  severity: "medium",
  missing: true,
  codes: ["KIA0101"],
  sources: ["kiali/business/checkers/authorization/namespace_method_checker.go"],
  // Kiali does not read notNamespaces, and counts namespaces that objects live in.
  duplicateOf: "authorization-policy-namespace-exists",

  *checkMesh(mesh) {
    for (const object of mesh.all("AuthorizationPolicy")) {
      for (const place of sourcesOf(object).flatMap((source) => source.at("namespaces").items())) {
        const pattern = place.string();
        if (pattern === undefined || mayMatch(mesh, pattern)) continue;
        yield { object, path: place.path, message: "name an existing namespace, or remove this entry" };
      }
    }
  },
};

/** Whether a name, or one that begins or ends with `*`, fits a namespace. */
function mayMatch(mesh: Mesh, pattern: string): boolean {
  if (pattern === "*" || mayExist(mesh, pattern)) return true;
  const rest = pattern.endsWith("*") ? pattern.slice(0, -1) : pattern.slice(1);
  if (rest === "" || !(pattern.endsWith("*") || pattern.startsWith("*"))) return false;
  const names = [...mesh.derive(readNamespaceNames)];
  return names.some((name) => (pattern.endsWith("*") ? name.startsWith(rest) : name.endsWith(rest)));
}
