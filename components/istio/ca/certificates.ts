// Certificates of an authority, as PEM: what they are, and what is wrong with them. Nothing here quotes any.
import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import type { SigningCa } from "./caArgs.ts";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** The certificates of a text; nothing where it holds none, something else, or one that cannot be read. */
export function certificatesIn(pem: string): readonly X509Certificate[] | undefined {
  const texts = pem.match(CERTIFICATE) ?? [];
  // What people write around them, openssl does too; another PEM in it is a mistake, and may be a key.
  if (texts.length === 0 || pem.replace(CERTIFICATE, "").includes("-----BEGIN")) return undefined;
  try {
    return texts.map((text) => new X509Certificate(text));
  } catch {
    return undefined;
  }
}

/** By which a certificate is known, in public. */
export const fingerprint = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(":", "").toLowerCase();

export interface CaProblem {
  readonly field: keyof SigningCa;
  readonly reason: string;
}

/** The certificates of an authority; its parts that cannot be read are left out. */
interface Parts {
  readonly certificate: X509Certificate | undefined;
  readonly chain: readonly X509Certificate[];
  readonly roots: readonly X509Certificate[];
}

/** Parts may be anything, since others may be encrypted or wrong by themselves. */
export type Draft = Readonly<Partial<Record<keyof SigningCa, unknown>>>;

const PEM = "must be PEM, with -----BEGIN CERTIFICATE-----, as openssl writes it";

/** All that is wrong with an authority, as far as its parts can be read. */
export function* caProblems(draft: Draft, now = new Date()): Iterable<CaProblem> {
  const read = (field: keyof SigningCa) => {
    const text = draft[field];
    return typeof text === "string" ? certificatesIn(text) : [];
  };
  const [own, chain, roots] = [read("certificate"), read("chain"), read("root")];
  for (const [field, found] of [
    ["certificate", own],
    ["chain", chain],
    ["root", roots],
  ] as const) {
    if (found === undefined) yield { field, reason: PEM };
    for (const each of found ?? []) {
      if (!each.ca) yield { field, reason: "is not the certificate of an authority: it needs CA:TRUE" };
      if (each.validToDate < now) yield { field, reason: `expired on ${day(each)}: ${WAY_OUT[field]}` };
      if (each.validFromDate > now)
        yield { field, reason: `is valid only from ${each.validFromDate.toISOString()} on` };
    }
  }
  if (own !== undefined && own.length > 1) {
    yield { field: "certificate", reason: "must be one certificate: those between it and the root stand in chain" };
  }
  for (const each of roots ?? []) {
    if (!isSelfSigned(each)) {
      yield { field: "root", reason: "must be signed by itself: authorities in between stand in chain" };
    }
  }
  const parts = { certificate: own?.[0], chain: chain ?? [], roots: roots ?? [] };
  yield* keyProblems(draft.key, parts);
  const isWhole = own !== undefined && chain !== undefined && roots !== undefined && roots.length > 0;
  if (isWhole && parts.certificate && rootOf(parts) === undefined) {
    const reason =
      "does not lead to a root: certificate, the certificates of chain in this order, and one of root have to have signed each other";
    yield { field: parts.chain.length > 0 ? "chain" : "certificate", reason };
  }
}

const WAY_OUT: Readonly<Record<"certificate" | "chain" | "root", string>> = {
  certificate: "have a new one signed",
  chain: "have a new one signed",
  root: "leave it out, or rotate to a new root",
};

const day = ({ validToDate }: X509Certificate) => validToDate.toISOString().slice(0, 10);

function* keyProblems(pem: unknown, { certificate }: Parts): Iterable<CaProblem> {
  if (typeof pem !== "string") return;
  const key = keyIn(pem);
  if (key === undefined) {
    const reason = pem.includes("ENCRYPTED")
      ? "has a passphrase, which the control plane does not know: take it off with openssl"
      : "must be a private key as PEM, with -----BEGIN PRIVATE KEY-----";
    yield { field: "key", reason };
  } else if (certificate && !certificate.checkPrivateKey(key)) {
    yield { field: "key", reason: "is not that of certificate" };
  }
}

function keyIn(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

const isSelfSigned = (certificate: X509Certificate) => isSigned(certificate, certificate);

const isSigned = (certificate: X509Certificate, by: X509Certificate) =>
  certificate.checkIssued(by) && certificate.verify(by.publicKey);

/** The root to which the certificate leads, by the chain; nothing where it leads to none. */
function rootOf({ certificate, chain, roots }: Parts): X509Certificate | undefined {
  let last = certificate;
  for (const next of chain) {
    if (!last || !isSigned(last, next)) return undefined;
    last = next;
  }
  return roots.find((root) => last && isSigned(last, root));
}

/** What of an authority everybody may know. */
export interface PublicCa {
  /** The root that its signing certificate leads to. */
  readonly signer: string;
  readonly roots: readonly string[];
  readonly certificate: string;
}

/** Of an authority without problems. */
export function publicPartOf({ certificate, chain = "", root }: SigningCa): PublicCa {
  const [own] = certificatesIn(certificate) ?? [];
  const roots = certificatesIn(root) ?? [];
  const signer = rootOf({ certificate: own, chain: certificatesIn(chain) ?? [], roots });
  if (!own || !signer) throw new Error("the certificate of the mesh's authority does not lead to its root");
  return { signer: fingerprint(signer), roots: roots.map(fingerprint), certificate: fingerprint(own) };
}
