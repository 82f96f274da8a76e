import { readProviders } from "../../model/providers.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const providerConfigured: MeshRule = {
  id: "provider-configured",
  title: "A Telemetry names only providers that the mesh config has.",
  rationale: "Istiod passes over a provider that it does not know: no trace, metric or log goes there, without a word.",
  remediation: "Write the name of one of the extensionProviders of the mesh config, or add one of this name.",
  severity: "medium",
  codes: [],

  // Istio: fetchProvider in pilot/pkg/model/telemetry.go.
  *checkMesh(mesh) {
    const providers = mesh.derive(readProviders);
    if (providers === undefined) return;
    for (const object of mesh.all("Telemetry")) {
      for (const part of ["tracing", "metrics", "accessLogging"].flatMap((name) => object.spec.at(name).items())) {
        const [disabled, silent] = [part.at("disabled"), part.at("disableSpanReporting")];
        if ([disabled, silent].some((place) => place.isUnknown() || place.boolean() === true)) continue;
        for (const place of part
          .at("providers")
          .items()
          .map((provider) => provider.at("name"))) {
          const name = place.string();
          if (name === undefined || name === "" || !providers.lacks(name)) continue;
          const message = "name an extension provider of the mesh config, or add this one there";
          yield {
            object,
            path: place.path,
            message,
            missing: !providers.areGiven,
          };
        }
      }
    }
  },
};
