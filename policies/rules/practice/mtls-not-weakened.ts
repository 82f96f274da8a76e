import type { Field } from "../../field";
import type { ObjectRule } from "../../rule";

const WEAK = new Set(["PERMISSIVE", "DISABLE"]);

export const mtlsNotWeakened: ObjectRule = {
  id: "mtls-not-weakened",
  requires: "No PeerAuthentication lets plain text in, neither for a workload nor for a port.",
  because: "PERMISSIVE and DISABLE let a client in that nobody can tell: no rule about principals holds for it.",
  wayOut: "Use STRICT, or exempt the one workload whose clients can not join the mesh.",
  severity: "high",
  environment: true,
  covers: [],
  kinds: ["PeerAuthentication"],

  *check({ spec }) {
    const ports = spec.at("portLevelMtls").entries();
    for (const mode of [spec.at("mtls", "mode"), ...ports.map(([, port]): Field => port.at("mode"))]) {
      const name = mode.text();
      if (name !== undefined && WEAK.has(name)) yield { path: mode.path, message: "use STRICT" };
    }
  },
};
