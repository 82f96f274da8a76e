import type { MeshRule } from "../../rule";
import { findIdle } from "./lib/selection";

export const authenticationSelectsPods: MeshRule = {
  id: "authentication-selects-pods",
  requires:
    "The selector of a PeerAuthentication or RequestAuthentication selects the pods of some workload of its namespace.",
  because: "It has no effect: clients are not asked for what it demands.",
  wayOut: "Use labels that pods of its namespace have.",
  severity: "medium",
  covers: ["KIA0004"],

  checkMesh: (mesh) => findIdle(mesh, "PeerAuthentication", "RequestAuthentication"),
};
