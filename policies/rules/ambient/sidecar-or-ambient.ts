import { readWorkloads } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { bringsSidecar, isLabelledAmbient, isLabelledForSidecar } from "../../model/kiali/inMesh.ts";
import { namespaceLabel } from "../../model/kiali/namespaces.ts";

export const sidecarOrAmbient: MeshRule = {
  id: "sidecar-or-ambient",
  title: "A workload is labeled either for a sidecar or for ambient mode, not both.",
  rationale: "The two modes exclude each other, and the labels alone do not show which one applies.",
  remediation: "Remove the label or container for the sidecar, or the label for ambient mode.",
  severity: "high",
  codes: ["KIA1311", "KIA1315"],
  sources: ["kiali/business/checkers/ambient/ambient_workload_checker.go"],

  *checkMesh(mesh) {
    for (const workload of mesh.derive(readWorkloads).all) {
      const { object, template } = workload;
      if (object.urn === "" || isLabelledAmbient(mesh, workload) !== true) continue;
      const labels = template.at("metadata", "labels").path;
      const isRefused = namespaceLabel(mesh, workload.namespace, "istio-injection") === "disabled";
      if (!isRefused && isLabelledForSidecar(mesh, workload) === true) {
        const message =
          "remove the label for sidecar injection or the label for ambient mode, here or on the namespace";
        yield { object, code: "KIA1311", path: labels, message };
      }
      if (bringsSidecar(workload) === true) {
        const message = "remove the sidecar container, or set istio.io/dataplane-mode to none here";
        yield { object, code: "KIA1315", path: template.at("spec", "containers").path, message };
      }
    }
  },
};
