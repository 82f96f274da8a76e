import type { Field } from "../model/field.ts";
import type { MeshObject } from "../model/mesh.ts";
import { allPlaces, hasItems, hasText } from "./reading.ts";

export const SERVER_TLS_KINDS = ["Gateway", "Sidecar"] as const;

/** TLS settings of servers. */
export function serverTls({ spec }: MeshObject): Field[] {
  return allPlaces(spec, "servers[].tls", "ingress[].tls");
}

/** The mode of TLS; nothing if it is not known yet. */
export function modeOf(tls: Field): string | undefined {
  const mode = tls.at("mode");
  return mode.isAbsent() ? "PASSTHROUGH" : mode.string();
}

/** Modes in which the server shows a certificate of the user's. */
export const WITH_CERTIFICATE: ReadonlySet<string> = new Set(["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL"]);

/** Whether certainly a text or a list is here. */
export const isSet = (field: Field): boolean => hasText(field) || hasItems(field);

const CERTIFICATES = [
  "serverCertificate",
  "privateKey",
  "caCertificates",
  "tlsCertificates",
  "credentialName",
  "credentialNames",
] as const;

/** The certificates that are certainly named, and what `others` names. */
export function namedCertificates(tls: Field, others: readonly string[] = []): Field[] {
  return [...others, ...CERTIFICATES].map((name) => tls.at(name)).filter(isSet);
}
