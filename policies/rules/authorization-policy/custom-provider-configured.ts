import { readProviders } from "../../model/providers.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const customProviderConfigured: MeshRule = {
  id: "custom-provider-configured",
  title:
    "An AuthorizationPolicy of action CUSTOM names a provider that the mesh config has, and that authorizes requests.",
  rationale: "Istiod makes it a policy that denies every request that its rules match.",
  remediation:
    "Write the name of one of the extensionProviders of kind envoyExtAuthzHttp or envoyExtAuthzGrpc, or add one of this name.",
  severity: "high",
  codes: [],

  // Istio: processExtensionProvider and getExtAuthz in pilot/pkg/security/authz/builder/extauthz.go.
  *checkMesh(mesh) {
    const providers = mesh.derive(readProviders);
    if (providers === undefined) return;
    for (const object of mesh.all("AuthorizationPolicy")) {
      const place = object.spec.at("provider", "name");
      const name = place.string();
      if (object.spec.at("action").string() !== "CUSTOM" || name === undefined || !providers.lacksAuthorizer(name))
        continue;
      const message = "name an extension provider of the mesh config that authorizes requests";
      yield {
        object,
        path: place.path,
        message,
        missing: !providers.areGiven,
      };
    }
  },
};
