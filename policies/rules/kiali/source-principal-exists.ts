import type { Mesh } from "../../mesh";
import type { MeshRule } from "../../rule";
import { sourcesOf } from "./lib/authorization";
import { readServiceAccounts } from "./lib/serviceAccounts";

export const sourcePrincipalExists: MeshRule = {
  id: "source-principal-exists",
  requires: "An AuthorizationPolicy names only principals of service accounts that are there.",
  because: "No client has that identity, so that part of the rule never applies.",
  wayOut: "Write <trust domain>/ns/<namespace>/sa/<service account> of a service account that is there.",
  severity: "high",
  covers: ["KIA0106"],

  *checkMesh(mesh) {
    const principals = mesh.derive(readPrincipals);
    for (const object of mesh.all("AuthorizationPolicy")) {
      for (const place of sourcesOf(object).flatMap((source) => source.at("principals").items())) {
        const principal = place.text();
        if (principal === undefined || principals.mayHave(principal)) continue;
        yield {
          object,
          path: place.path,
          message: "write <trust domain>/ns/<namespace>/sa/<service account> of a service account that is there",
        };
      }
    }
  },
};

/** The identities of the service accounts, in the mesh's trust domain and its aliases. */
function readPrincipals(mesh: Mesh) {
  const own = mesh.config.at("trustDomain").text() ?? "cluster.local";
  const domains = new Set([own, ...mesh.config.at("trustDomainAliases").texts()]);
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
