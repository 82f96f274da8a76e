import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { conditionsOf, sourcesOf } from "../../model/kiali/authorization.ts";
import { mayBeMutualTls } from "./lib/mutualTlsStatus.ts";

const IDENTITIES = ["principals", "notPrincipals", "namespaces", "notNamespaces"] as const;

const IDENTITY_CONDITIONS: ReadonlySet<string | undefined> = new Set([
  "source.namespace",
  "source.principal",
  "connection.sni",
]);

export const identityNeedsMutualTls: MeshRule = {
  id: "identity-needs-mutual-tls",
  title: "An AuthorizationPolicy matches client identities only where mutual TLS is on.",
  rationale:
    "Without mutual TLS clients have no identity, so an ALLOW rule allows nobody and a DENY rule denies nobody.",
  remediation: "Enable mutual TLS for these workloads, or match another attribute.",
  severity: "high",
  codes: ["KIA0105"],
  sources: ["kiali/business/checkers/authorization/mtls_enabled_checker.go"],

  *checkMesh(mesh) {
    for (const object of mesh.all("AuthorizationPolicy")) {
      const { namespace, spec } = object;
      const places = identitiesOf(object);
      if (namespace === undefined || places.length === 0) continue;
      const labels = spec.at("selector", "matchLabels").stringMap();
      if (labels === undefined || mayBeMutualTls(mesh, namespace, labels)) continue;
      for (const { path } of places) {
        yield { object, path, message: "enable mutual TLS for these workloads, or match another attribute" };
      }
    }
  },
};

/** Where a policy asks for what only mutual TLS tells. */
function identitiesOf(object: MeshObject): Field[] {
  const lists = sourcesOf(object).flatMap((source) => IDENTITIES.map((name) => source.at(name)));
  const conditions = conditionsOf(object).filter((when) => IDENTITY_CONDITIONS.has(when.at("key").string()));
  return [...lists.filter((list) => list.items().length > 0), ...conditions];
}
