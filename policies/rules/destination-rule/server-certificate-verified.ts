import type { Field } from "../../model/field.ts";
import type { Finding, ObjectRule } from "../../engine/rule.ts";

export const serverCertificateVerified: ObjectRule = {
  id: "server-certificate-verified",
  title: "A DestinationRule that originates TLS names the certificate authority that it trusts.",
  rationale:
    "Without it, proxies before Istio 1.24 accept any server certificate, and later versions trust every public authority.",
  remediation:
    "Set tls.caCertificates to the file of the signing authority, or, with a workloadSelector, set credentialName to its Secret.",
  // Stale since Istio trusts the system's authorities by default, so no more than an advice.
  severity: "medium",
  codes: ["IST0128", "IST0129"],
  sources: ["istio/pkg/config/analysis/analyzers/destinationrule/ca-certificates.go"],
  kinds: ["DestinationRule"],

  *check({ spec }) {
    const selects = !spec.at("workloadSelector").isAbsent();
    const policy = spec.at("trafficPolicy");
    yield* unverified(policy.at("tls"), selects, "IST0128");
    for (const port of policy.at("portLevelSettings").items()) yield* unverified(port.at("tls"), selects, "IST0129");
  },
};

/** @param selects - whether the rule may select workloads: only then sidecars read a credential */
function* unverified(tls: Field, selects: boolean, code: string): Iterable<Finding> {
  const mode = tls.at("mode").string();
  if (mode !== "SIMPLE" && mode !== "MUTUAL") return;
  const authority = tls.at("caCertificates");
  if (authority.isUnknown() || (authority.string() ?? "") !== "") return;
  const credential = tls.at("credentialName");
  if (selects && (credential.isUnknown() || (credential.string() ?? "") !== "")) return;
  yield { code, path: authority.path, message: "set the file of the authority that signed the server's certificate" };
}
