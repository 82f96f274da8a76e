import type { MeshRule } from "../../rule";
import { findRivals } from "./lib/onePerWorkload";

export const onePeerAuthenticationPerWorkload: MeshRule = {
  id: "one-peer-authentication-per-workload",
  requires: "A workload has one PeerAuthentication with a selector, and a namespace one without.",
  because: "Istio follows only the oldest of them.",
  wayOut: "Put the settings of the namespace into one object, and select each workload in one only.",
  severity: "high",
  covers: ["KIA0002", "KIA0003"],

  checkMesh: (mesh) => findRivals(mesh, "PeerAuthentication"),
};
