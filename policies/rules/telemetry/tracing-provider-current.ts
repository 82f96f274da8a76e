import { meshConfig } from "../../model/meshConfig.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const tracingProviderCurrent: MeshRule = {
  id: "tracing-provider-current",
  title: "No Telemetry traces through a provider of the kind lightstep.",
  rationale: "Istio is about to drop it; Lightstep's collectors take OpenTelemetry.",
  remediation: "Add an extension provider of the kind opentelemetry to the mesh config, and name that one here.",
  severity: "medium",
  codes: ["IST0002"],
  sources: ["istio/pkg/config/analysis/analyzers/telemetry/lightstep.go"],

  *checkMesh(mesh) {
    const dropped = new Set(
      meshConfig(mesh)
        .at("extensionProviders")
        .items()
        .filter((provider) => provider.at("lightstep").isPresent())
        .map((provider) => provider.at("name").string()),
    );
    if (dropped.size === 0) return;
    for (const object of mesh.all("Telemetry")) {
      for (const tracing of object.spec.at("tracing").items()) {
        for (const provider of tracing.at("providers").items()) {
          const name = provider.at("name");
          const text = name.string();
          if (text !== undefined && dropped.has(text)) {
            yield { object, path: name.path, message: "name a provider of the kind opentelemetry" };
          }
        }
      }
    }
  },
};
