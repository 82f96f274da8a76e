import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { hasText, lacksItems, lacksText } from "../../values/reading.ts";
import {
  isSet,
  modeOf,
  namedCertificates,
  serverTls,
  SERVER_TLS_KINDS,
  WITH_CERTIFICATE,
} from "../../values/serverTls.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const serverTlsCertificates = rejected({
  id: "server-tls-certificates",
  title: "A server has the certificates that its TLS mode requires, from one source.",
  remediation:
    "Use credentialName or files, add caCertificates for MUTUAL, omit caCrl for SIMPLE, and set no certificates for ISTIO_MUTUAL.",
  kinds: [...SERVER_TLS_KINDS],

  *check(object) {
    for (const tls of serverTls(object)) {
      const mode = modeOf(tls);
      if (mode === "ISTIO_MUTUAL") yield* ownCertificates(tls);
      else if (mode !== undefined) yield* sources(tls, mode);
    }
  },
});

/** Istio's own certificates leave no room for others. */
function* ownCertificates(tls: Field): Generator<Finding> {
  for (const field of namedCertificates(tls)) {
    yield at(field, "remove this field: ISTIO_MUTUAL uses its own certificates");
  }
}

function* sources(tls: Field, mode: string): Generator<Finding> {
  const credentials = ["credentialName", "credentialNames"].map((name) => tls.at(name));
  const list = tls.at("tlsCertificates");
  const files = ["serverCertificate", "privateKey"].map((name) => tls.at(name));
  const set = [...credentials.filter(isSet), ...[list].filter(isSet)];
  const [certificate] = files;
  if (certificate !== undefined && files.every(isSet)) set.unshift(certificate);
  for (const source of set.slice(1)) yield at(source, "remove this field: use one source of certificates");

  if (WITH_CERTIFICATE.has(mode)) {
    if (credentials.some(isSet)) return;
    const mayHaveCredential = credentials.some((field) => field.isUnknown());
    if (!mayHaveCredential) yield* missing(tls, mode);
  }
  const revoked = tls.at("caCrl");
  if (hasText(revoked) && hasText(tls.at("credentialName")))
    yield at(revoked, "move it to the Secret of the credential");
  if (hasText(revoked) && mode === "SIMPLE")
    yield at(revoked, "remove this field: in SIMPLE mode clients present no certificate");
}

function* missing(tls: Field, mode: string): Generator<Finding> {
  const authorities = tls.at("caCertificates");
  if (mode !== "SIMPLE" && lacksText(authorities)) {
    yield at(authorities, "add this field or a credentialName: it verifies client certificates");
  }
  const list = tls.at("tlsCertificates");
  if (list.isUnknown()) return;
  for (const place of lacksItems(list) ? [tls] : list.items()) {
    for (const name of ["serverCertificate", "privateKey"]) {
      if (lacksText(place.at(name)))
        yield at(place.at(name), "add this field or a credentialName: the server must present a certificate");
    }
  }
}
