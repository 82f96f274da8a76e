import { at, warned } from "./lib/verdicts";

export const workloadSelectorResolved = warned({
  id: "workload-selector-resolved",
  requires: "A ServiceEntry that selects workloads is resolved as STATIC or DNS.",
  because: "With resolution NONE connections go where the client sends them, and the selected workloads get none.",
  wayOut: "Set resolution to STATIC, or remove the workloadSelector.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const resolution = spec.at("resolution");
    const isNone = resolution.isAbsent() || resolution.text() === "NONE";
    if (isNone && spec.at("workloadSelector").isPresent()) yield at(resolution, "write STATIC");
  },
});
