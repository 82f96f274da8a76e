import { readProviders } from "../../model/providers.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const customProviderConfigured: MeshRule = {
  id: "custom-provider-configured",
  title: "An AuthorizationPolicy with action CUSTOM names an authorization provider from the mesh config.",
  rationale: "Otherwise Istiod generates a policy that denies every request its rules match.",
  remediation:
    "Use the name of an extensionProvider of kind envoyExtAuthzHttp or envoyExtAuthzGrpc, or add a provider with this name.",
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
      const message = "name an authorization provider from the extensionProviders of the mesh config";
      yield {
        object,
        path: place.path,
        message,
        missing: !providers.areGiven,
      };
    }
  },
};
