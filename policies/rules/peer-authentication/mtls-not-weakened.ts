import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

const WEAK = new Set(["PERMISSIVE", "DISABLE"]);

export const mtlsNotWeakened: ObjectRule = {
  id: "mtls-not-weakened",
  title: "No PeerAuthentication accepts plain text, for a workload or for a port.",
  rationale: "PERMISSIVE and DISABLE accept clients without an identity, to which no rule on principals applies.",
  remediation: "Use STRICT, or exempt the workload whose clients cannot join the mesh.",
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
