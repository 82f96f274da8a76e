import { at, warned } from "../../values/verdicts.ts";

export const workloadSelectorResolved = warned({
  id: "workload-selector-resolved",
  title: "A ServiceEntry with a workloadSelector has resolution STATIC or DNS.",
  rationale:
    "With resolution NONE connections go to the address that the client chose, and the selected workloads receive none.",
  remediation: "Set resolution to STATIC, or remove the workloadSelector.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const resolution = spec.at("resolution");
    const isNone = resolution.isAbsent() || resolution.string() === "NONE";
    if (isNone && spec.at("workloadSelector").isPresent()) yield at(resolution, "use STATIC");
  },
});
