import { readNamespaces } from "../../model/namespaces.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const authorizationPolicyNamespaceExists: MeshRule = {
  id: "authorization-policy-namespace-exists",
  title: "An AuthorizationPolicy names only namespaces that exist.",
  rationale:
    "A typo in the name blocks the callers that the rule means to allow, or allows the callers that it means to block.",
  remediation: "Name a declared Namespace, or match a prefix or suffix of its name with an asterisk.",
  severity: "high",
  missing: true,
  codes: ["IST0101"],
  sources: ["istio/pkg/config/analysis/analyzers/authz/authorizationpolicies.go"],

  *checkMesh(mesh) {
    const names = [...mesh.derive(readNamespaces).keys()];
    const known = new Set(names.map((name) => name.toLowerCase()));
    // Where no Namespace is declared at all, nothing can be said.
    if (names.length === 0 || mesh.options.open === true || mesh.all("Namespace").length > names.length) return;
    for (const object of mesh.all("AuthorizationPolicy")) {
      for (const rule of object.spec.at("rules").items()) {
        for (const from of rule.at("from").items()) {
          for (const list of ["namespaces", "notNamespaces"]) {
            for (const place of from.at("source", list).items()) {
              const text = place.string();
              if (text === undefined || isFound(text, names, known)) continue;
              yield {
                object,
                path: place.path,
                message: "name an existing namespace, or match a prefix or suffix of its name with *",
              };
            }
          }
        }
      }
    }
  },
};

function isFound(text: string, names: readonly string[], known: ReadonlySet<string>): boolean {
  if (text === "*") return names.length > 0;
  if (text.startsWith("*")) return names.some((name) => name.endsWith(text.slice(1)));
  if (text.endsWith("*")) return names.some((name) => name.startsWith(text.slice(0, -1)));
  return known.has(text.toLowerCase());
}
