import type { MeshRule } from "../../rule";
import { findIdle } from "./lib/selection";

export const sidecarSelectorSelectsPods: MeshRule = {
  id: "sidecar-selector-selects-pods",
  requires: "The selector of a Sidecar selects the pods of some workload of its namespace.",
  because: "It has no effect: the workloads import what they would without it.",
  wayOut: "Use labels that pods of its namespace have.",
  severity: "medium",
  covers: ["KIA0004"],
  twin: "sidecar-selects-pods",

  checkMesh: (mesh) => findIdle(mesh, "Sidecar"),
};
