import type { MeshRule } from "../../engine/rule.ts";
import { readServiceAccounts } from "../../model/kiali/serviceAccounts.ts";

export const workloadGroupAccountExists: MeshRule = {
  id: "workload-group-account-exists",
  title: "The service account of a WorkloadGroup exists in its namespace.",
  rationale: "Otherwise its machines get no certificate, and cannot join the mesh.",
  remediation: "Name an existing service account in this namespace.",
  severity: "medium",
  missing: true,
  codes: ["KIA1701"],
  sources: ["kiali/business/checkers/workloadgroups/service_accounts_checker.go"],

  *checkMesh(mesh) {
    const accounts = mesh.derive(readServiceAccounts);
    for (const object of mesh.all("WorkloadGroup")) {
      const { namespace } = object;
      const place = object.spec.at("template", "serviceAccount");
      const account = place.string() ?? "";
      if (namespace === undefined || account === "" || accounts.mayHide(namespace)) continue;
      if (accounts.byNamespace.get(namespace)?.includes(account) === true) continue;
      yield { object, path: place.path, message: "name an existing service account in this namespace" };
    }
  },
};
