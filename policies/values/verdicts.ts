import type { Field } from "../model/field.ts";
import type { MeshObject } from "../model/mesh.ts";
import type { Finding, ObjectRule } from "../engine/rule.ts";

type Check = Pick<ObjectRule, "id" | "title" | "remediation" | "kinds" | "check"> &
  Partial<Pick<ObjectRule, "rationale" | "codes" | "severity" | "sources">>;

/** What istiod's webhook runs, but for a few parts in files of their own. */
const VALIDATION = ["istio/pkg/config/validation/validation.go"] as const;

/** A rule about what the API server, or istiod's webhook behind it, refuses. */
export function rejected(rule: Check): ObjectRule {
  return {
    rationale: "Otherwise the cluster rejects the object in the middle of the deployment.",
    severity: "high",
    codes: ["IST0106"],
    sources: VALIDATION,
    ...rule,
  };
}

/** A rule about what istiod's webhook accepts with a warning. */
export function warned(rule: Check & Pick<ObjectRule, "rationale">): ObjectRule {
  return {
    severity: "medium",
    codes: ["IST0133"],
    sources: VALIDATION,
    ...rule,
    check: (object) => (isRefusedAtOnce(object) ? [] : rule.check(object)),
  };
}

/** Whether istiod refuses the object for its selector, and looks no further. */
function isRefusedAtOnce({ kind, spec }: MeshObject): boolean {
  if (!["EnvoyFilter", "ServiceEntry", "Sidecar"].includes(kind)) return false;
  return spec
    .at("workloadSelector", "labels")
    .entries()
    .some(([key, value]) => key === "" || key.includes("*") || (value.string() ?? "").includes("*"));
}

/** A finding at a place. */
export function at({ path }: Field, message: string): Finding {
  return { path, message };
}
