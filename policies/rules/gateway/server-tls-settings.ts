import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { hasItems, hasText, lacksItems } from "../../values/reading.ts";
import { modeOf, namedCertificates, serverTls, SERVER_TLS_KINDS, WITH_CERTIFICATE } from "../../values/serverTls.ts";
import { at, warned } from "../../values/verdicts.ts";

/** Ciphers that Envoy's TLS library knows, by OpenSSL's names. */
const CIPHERS = new Set([
  ...["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"],
  ...["ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305"],
  ...["ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA", "ECDHE-RSA-AES256-SHA"],
  ...["AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA", "DES-CBC3-SHA"],
]);

export const serverTlsSettings = warned({
  id: "server-tls-settings",
  title:
    "The TLS settings of a server take effect: it uses known ciphers, and certificates only in modes that present one.",
  rationale: "Istio ignores other settings, so the server behaves differently from its configuration.",
  remediation:
    "Raise minProtocolVersion to TLSV1_2, list each known cipher once, and set at most two certificates, or none for PASSTHROUGH.",
  kinds: [...SERVER_TLS_KINDS],

  *check(object) {
    for (const tls of serverTls(object)) {
      yield* cipherFindings(tls);
      const mode = modeOf(tls) ?? "";
      if (["PASSTHROUGH", "AUTO_PASSTHROUGH"].includes(mode)) yield* ignoredCertificates(tls);
      const certificates = tls.at("tlsCertificates");
      const hasCredential = hasText(tls.at("credentialName")) || hasItems(tls.at("credentialNames"));
      if (WITH_CERTIFICATE.has(mode) && !hasCredential && certificates.items().length > 2) {
        yield at(certificates, "set at most two certificates");
      }
    }
  },
});

function* cipherFindings(tls: Field): Generator<Finding> {
  const suites = tls.at("cipherSuites");
  const version = tls.at("minProtocolVersion");
  if (["TLSV1_0", "TLSV1_1"].includes(version.string() ?? "") && lacksItems(suites)) {
    yield at(version, "use TLSV1_2 or later, or set cipherSuites that the older version supports");
  }
  const seen = new Set<string>();
  for (const suite of suites.items()) {
    const text = suite.string();
    if (text === undefined) continue;
    // What begins with a sign changes the list of ciphers in OpenSSL's notation.
    const isKnown = text === "" || text === "ALL" || !/^[\p{L}\p{N}]/u.test(text) || CIPHERS.has(text);
    if (!isKnown) yield at(suite, "remove this cipher, or use a cipher name that Envoy knows");
    else if (seen.has(text)) yield at(suite, "remove this cipher: it is already in the list");
    seen.add(text);
  }
}

function* ignoredCertificates(tls: Field): Generator<Finding> {
  for (const field of namedCertificates(tls, ["caCrl"])) {
    yield at(field, "remove this field, or use a mode that terminates TLS here");
  }
}
