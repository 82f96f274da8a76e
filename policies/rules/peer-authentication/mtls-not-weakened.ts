import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

const WEAK = new Set(["PERMISSIVE", "DISABLE"]);

export const mtlsNotWeakened: ObjectRule = {
  id: "mtls-not-weakened",
  title: "No PeerAuthentication lets plain text in, neither for a workload nor for a port.",
  rationale: "PERMISSIVE and DISABLE let a client in that nobody can tell: no rule about principals holds for it.",
  remediation: "Use STRICT, or exempt the one workload whose clients can not join the mesh.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: ["PeerAuthentication"],

  *check({ spec }) {
    const ports = spec.at("portLevelMtls").entries();
    for (const mode of [spec.at("mtls", "mode"), ...ports.map(([, port]): Field => port.at("mode"))]) {
      const name = mode.string();
      if (name !== undefined && WEAK.has(name)) yield { path: mode.path, message: "use STRICT" };
    }
  },
};
