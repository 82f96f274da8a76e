import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { hasText, lacksText, places } from "../../values/reading.ts";
import { allTrafficPolicies } from "../../values/trafficPolicy.ts";
import { at, rejected } from "../../values/verdicts.ts";

const CONFIG_MAP = "configmap://";

export const clientTls = rejected({
  id: "client-tls",
  title:
    "Client TLS takes certificates from one source, has all that its mode requires, and either verifies the server or skips verification.",
  remediation:
    "Set certificates with credentialName (configmap:// in this namespace) or with files, and set no certificates to verify with when insecureSkipVerify is true.",
  sources: ["istio/pkg/config/validation/agent/validation.go"],
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of allTrafficPolicies(object)) {
      for (const tls of places(policy, "tls")) {
        yield* configMapFindings(tls.at("credentialName"), object.namespace);
        yield* skipFindings(tls);
        yield* certificateFindings(tls);
      }
    }
  },
});

function* configMapFindings(field: Field, namespace: string | undefined): Generator<Finding> {
  const name = field.string() ?? "";
  if (!name.startsWith(CONFIG_MAP)) return;
  const [place = "", configMap = ""] = name.slice(CONFIG_MAP.length).split("/");
  const fits = place !== "" && configMap !== "" && (namespace === undefined || place === namespace);
  if (!fits) yield at(field, "use configmap://<namespace>/<name>, in the namespace of this object");
}

function* skipFindings(tls: Field): Generator<Finding> {
  if (tls.at("insecureSkipVerify").boolean() !== true) return;
  const mode = tls.at("mode").string();
  // A credential of mutual TLS may be there for the client's own certificate.
  const checked = {
    SIMPLE: ["caCertificates", "credentialName", "subjectAltNames"],
    MUTUAL: ["caCertificates", "subjectAltNames"],
  }[mode ?? ""];
  for (const name of checked ?? []) {
    const field = tls.at(name);
    if (hasText(field) || field.items().length > 0)
      yield at(field, "remove this field, or insecureSkipVerify, which ignores it");
  }
}

function* certificateFindings(tls: Field): Generator<Finding> {
  const mode = tls.at("mode").string();
  const credential = tls.at("credentialName");
  if ((mode === "SIMPLE" || mode === "MUTUAL") && hasText(credential)) {
    for (const name of ["clientCertificate", "privateKey", "caCertificates", "caCrl"]) {
      const field = tls.at(name);
      if (hasText(field)) yield at(field, "remove this field, or the credentialName, whose Secret contains it");
    }
    return;
  }
  if (mode !== "MUTUAL" || credential.isUnknown()) return;
  for (const name of ["clientCertificate", "privateKey"]) {
    const field = tls.at(name);
    if (lacksText(field))
      yield at(field, "add this field or a credentialName: in mutual TLS the client presents a certificate");
  }
}
