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
  title: "A server has the certificates that its TLS mode needs, from one source.",
  remediation:
    "Name a credentialName or else files, for MUTUAL with caCertificates, for SIMPLE without caCrl, and for ISTIO_MUTUAL no certificates.",
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
    yield at(field, "take it out: ISTIO_MUTUAL brings certificates of its own");
  }
}

function* sources(tls: Field, mode: string): Generator<Finding> {
  const credentials = ["credentialName", "credentialNames"].map((name) => tls.at(name));
  const list = tls.at("tlsCertificates");
  const files = ["serverCertificate", "privateKey"].map((name) => tls.at(name));
  const set = [...credentials.filter(isSet), ...[list].filter(isSet)];
  const [certificate] = files;
  if (certificate !== undefined && files.every(isSet)) set.unshift(certificate);
  for (const source of set.slice(1)) yield at(source, "take it out: certificates come from one source only");

  if (WITH_CERTIFICATE.has(mode)) {
    if (credentials.some(isSet)) return;
    const mayHaveCredential = credentials.some((field) => field.isUnknown());
    if (!mayHaveCredential) yield* missing(tls, mode);
  }
  const revoked = tls.at("caCrl");
  if (hasText(revoked) && hasText(tls.at("credentialName")))
    yield at(revoked, "move it into the Secret of the credential");
  if (hasText(revoked) && mode === "SIMPLE") yield at(revoked, "take it out: in SIMPLE clients show no certificates");
}

function* missing(tls: Field, mode: string): Generator<Finding> {
  const authorities = tls.at("caCertificates");
  if (mode !== "SIMPLE" && lacksText(authorities)) {
    yield at(authorities, "add it, or a credentialName: the certificates of clients are checked against it");
  }
  const list = tls.at("tlsCertificates");
  if (list.isUnknown()) return;
  for (const place of lacksItems(list) ? [tls] : list.items()) {
    for (const name of ["serverCertificate", "privateKey"]) {
      if (lacksText(place.at(name)))
        yield at(place.at(name), "add it, or a credentialName: the server has to show a certificate");
    }
  }
}
