import { meshConfig } from "../../model/meshConfig.ts";
import type { Mesh } from "../../model/mesh.ts";
import { readReleases } from "../../model/releases.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const telemetryProviderNamed: MeshRule = {
  id: "telemetry-provider-named",
  title: "A Telemetry that writes access logs names a provider, unless the mesh has one by default.",
  rationale: "Without a provider nothing is logged.",
  remediation:
    "Name a provider such as envoy under accessLogging, or set defaultProviders.accessLogging in the mesh config.",
  severity: "medium",
  codes: ["IST0157"],
  sources: ["istio/pkg/config/analysis/analyzers/telemetry/providers.go"],

  *checkMesh(mesh) {
    const standard = meshConfig(mesh).at("defaultProviders", "accessLogging");
    if (standard.isUnknown() || standard.items().length > 0 || !isConfigKnown(mesh)) return;
    for (const object of mesh.all("Telemetry")) {
      for (const log of object.spec.at("accessLogging").items()) {
        const [disabled, providers] = [log.at("disabled"), log.at("providers")];
        if (disabled.isUnknown() || disabled.boolean() === true) continue;
        if (providers.isUnknown() || providers.items().length > 0) continue;
        yield { object, path: providers.path, message: "name a provider, such as envoy" };
      }
    }
  },
};

/** Whether the mesh config is known, be it that all is left at its default; beside a Pulumi stack it may be elsewhere. */
function isConfigKnown(mesh: Mesh): boolean {
  if (mesh.options.open !== true || meshConfig(mesh).keys().length > 0) return true;
  return mesh.derive(readReleases).some(({ chart }) => chart === "istiod");
}
