import { X509Certificate } from "node:crypto";
import type { Field } from "../../../model/field.ts";

/** Under which keys a Secret holds a certificate and its key, as Istio looks for them. */
const PAIRS = [
  ["cert", "key"],
  ["tls.crt", "tls.key"],
] as const;

/** Whether a Secret holds a certificate that is valid now, and a key; nothing if that is not known yet. */
export function holdsCertificate(secret: Field): boolean | undefined {
  const [data, stringData] = [secret.at("data"), secret.at("stringData")];
  if (data.isUnknown() || stringData.isUnknown()) return undefined;
  for (const [certificate, key] of PAIRS) {
    const [first, second] = [certificate, key].map((name) => {
      const [plain, encoded] = [stringData.at(name), data.at(name)];
      if (plain.isUnknown() || encoded.isUnknown()) return undefined;
      return plain.string() ?? Buffer.from(encoded.string() ?? "", "base64").toString("latin1");
    });
    if (first === undefined || second === undefined) return undefined;
    if (first !== "" && second !== "") return isValidNow(first);
  }
  return false;
}

function isValidNow(pem: string): boolean {
  const [, block] = /-----BEGIN [^-\n]+-----\s*([\w+/=\s]+?)-----END [^-\n]+-----/.exec(pem) ?? [];
  if (block === undefined) return false;
  try {
    const { validFrom, validTo } = new X509Certificate(Buffer.from(block, "base64"));
    const now = Date.now();
    return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
  } catch {
    return false;
  }
}
