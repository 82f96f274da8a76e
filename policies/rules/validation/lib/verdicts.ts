import type { Field } from "../../../field";
import type { MeshObject } from "../../../mesh";
import type { Finding, ObjectRule } from "../../../rule";

type Check = Pick<ObjectRule, "id" | "requires" | "wayOut" | "kinds" | "check"> &
  Partial<Pick<ObjectRule, "because" | "covers">>;

/** A rule about what the API server, or istiod's webhook behind it, refuses. */
export function rejected(rule: Check): ObjectRule {
  return {
    because: "The cluster refuses the object otherwise, when the deployment is halfway through.",
    severity: "high",
    covers: ["IST0106"],
    ...rule,
  };
}

/** A rule about what istiod's webhook accepts with a warning. */
export function warned(rule: Check & Pick<ObjectRule, "because">): ObjectRule {
  return {
    severity: "medium",
    covers: ["IST0133"],
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
    .some(([key, value]) => key === "" || key.includes("*") || (value.text() ?? "").includes("*"));
}

/** A finding at a place. */
export function at({ path }: Field, message: string): Finding {
  return { path, message };
}
