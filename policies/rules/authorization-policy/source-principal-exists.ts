import { meshConfig } from "../../model/meshConfig.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { sourcesOf } from "../../model/kiali/authorization.ts";
import { readServiceAccounts } from "../../model/kiali/serviceAccounts.ts";

export const sourcePrincipalExists: MeshRule = {
  id: "source-principal-exists",
  title: "An AuthorizationPolicy names only principals of existing service accounts.",
  rationale: "No client has any other identity, so this part of the rule never applies.",
  remediation: "Use <trust domain>/ns/<namespace>/sa/<service account> of an existing service account.",
  severity: "high",
  missing: true,
  codes: ["KIA0106"],
  sources: ["kiali/business/checkers/authorization/principals_checker.go"],

  *checkMesh(mesh) {
    const principals = mesh.derive(readPrincipals);
    for (const object of mesh.all("AuthorizationPolicy")) {
      for (const place of sourcesOf(object).flatMap((source) => source.at("principals").items())) {
        const principal = place.string();
        if (principal === undefined || principals.mayHave(principal)) continue;
        yield {
          object,
          path: place.path,
          message: "use <trust domain>/ns/<namespace>/sa/<service account> of an existing service account",
        };
      }
    }
  },
};

/** The identities of the service accounts, in the mesh's trust domain and its aliases. */
function readPrincipals(mesh: Mesh) {
  const own = meshConfig(mesh).at("trustDomain").string() ?? "cluster.local";
  const domains = new Set([own, ...meshConfig(mesh).at("trustDomainAliases").strings()]);
  const accounts = mesh.derive(readServiceAccounts);
  const known = new Set<string>();
  for (const [namespace, names] of accounts.byNamespace) {
    for (const name of names) for (const domain of domains) known.add(`${domain}/ns/${namespace}/sa/${name}`);
  }
  const mayHave = (principal: string): boolean => {
    if (principal === "*" || known.has(principal)) return true;
    if (principal.startsWith("*") || principal.endsWith("*")) {
      const pattern = asPattern(principal);
      return accounts.mayHide() || [...known].some((name) => pattern.test(name));
    }
    const [, domain, namespace] = /^(.+?)\/ns\/([^/]*)/.exec(principal) ?? [];
    // Only the other mesh knows who is in its trust domain.
    if (domain !== undefined && !domain.includes("*") && !domains.has(domain)) return true;
    return namespace !== undefined && accounts.mayHide(namespace);
  };
  return { mayHave };
}

function asPattern(principal: string): RegExp {
  const parts = principal.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
