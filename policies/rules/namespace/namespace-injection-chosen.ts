import type { Mesh } from "../../model/mesh.ts";
import { readReleases } from "../../model/releases.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const namespaceInjectionChosen: MeshRule = {
  id: "namespace-injection-chosen",
  title: "A namespace states whether its Pods get sidecars.",
  rationale: "Without a label, the installation's default decides whether all of its Pods get a sidecar or none does.",
  remediation:
    "Set the label istio-injection to enabled or disabled, istio.io/rev to a revision, or istio.io/dataplane-mode to ambient.",
  severity: "low",
  codes: ["IST0102", "IST0148"],
  sources: ["istio/pkg/config/analysis/analyzers/injection/injection.go"],

  *checkMesh(mesh) {
    const byDefault = mesh.derive(injectsByDefault);
    for (const object of mesh.all("Namespace")) {
      const { id, labels } = object;
      if (id === undefined || id === "istio-system" || labels.isUnknown()) continue;
      const injection = labels.at("istio-injection");
      const mode = labels.at("istio.io/dataplane-mode");
      if (mode.isUnknown() || mode.string() === "ambient" || injection.isUnknown()) continue;
      if ((injection.string() ?? "") !== "" || !labels.at("istio.io/rev").isAbsent()) continue;
      const message = "add the label istio-injection with the value enabled or disabled";
      yield { object, code: byDefault ? "IST0148" : "IST0102", path: labels.path, message };
    }
  },
};

/** Whether the injector is installed so that namespaces without a label get sidecars. */
function injectsByDefault(mesh: Mesh): boolean {
  const place = ["sidecarInjectorWebhook", "enableNamespacesByDefault"] as const;
  const releases = mesh.derive(readReleases).filter(({ chart }) => chart === "istiod");
  if (releases.some(({ values }) => values.at(...place).boolean() === true)) return true;
  return mesh.all("ConfigMap").some(({ id, root }) => {
    if (id !== "istio-sidecar-injector") return false;
    const [values] = [parsed(root.at("data", "values").string())];
    const webhook = isMap(values) ? values[place[0]] : undefined;
    return isMap(webhook) && webhook[place[1]] === true;
  });
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return {};
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
