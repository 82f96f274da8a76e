import type { MeshObject } from "../../../model/mesh.ts";

export const DRY_RUN = "istio.io/dry-run";

/** What Go reads as true. */
const TRUE = new Set(["1", "t", "T", "true", "TRUE", "True"]);

/** Whether a policy only counts what it would do; nothing if it is not known yet. */
export function dryRunOf({ annotations }: MeshObject): boolean | undefined {
  const dryRun = annotations.at(DRY_RUN);
  return dryRun.isUnknown() ? undefined : TRUE.has(dryRun.string() ?? "");
}
