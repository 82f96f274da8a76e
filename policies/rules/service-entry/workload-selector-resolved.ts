import { at, warned } from "../../values/verdicts.ts";

export const workloadSelectorResolved = warned({
  id: "workload-selector-resolved",
  title: "A ServiceEntry that selects workloads is resolved as STATIC or DNS.",
  rationale: "With resolution NONE connections go where the client sends them, and the selected workloads get none.",
  remediation: "Set resolution to STATIC, or remove the workloadSelector.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const resolution = spec.at("resolution");
    const isNone = resolution.isAbsent() || resolution.string() === "NONE";
    if (isNone && spec.at("workloadSelector").isPresent()) yield at(resolution, "write STATIC");
  },
});
