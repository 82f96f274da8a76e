import type { MeshRule } from "../../rule";
import { findIdle } from "./lib/selection";

export const authorizationPolicySelectsPods: MeshRule = {
  id: "authorization-policy-selects-pods",
  requires: "The selector of an AuthorizationPolicy selects the pods of some workload of its namespace.",
  because: "It has no effect: it neither lets anybody in nor keeps anybody out.",
  wayOut: "Use labels that pods of its namespace have.",
  severity: "medium",
  covers: ["KIA0004"],
  twin: "authorization-policy-effective",

  checkMesh: (mesh) => findIdle(mesh, "AuthorizationPolicy"),
};
