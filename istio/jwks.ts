import { createPublicKey } from "node:crypto";

/** A key of a JSON Web Key Set, with the members that say what it is. */
export interface Key {
  readonly kty: string;
  readonly [member: string]: unknown;
}

/** Members that a key of each type cannot do without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  RSA: ["n", "e"],
  EC: ["crv", "x", "y"],
  OKP: ["crv", "x"],
  oct: ["k"],
};

/**
 * The keys of a JSON Web Key Set, or of one key alone; nothing if it is neither.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7517
 */
export function keysOf(text: string): Key[] | undefined {
  const document = parsed(text);
  if (!isMap(document)) return undefined;
  const keys: unknown = "keys" in document ? document.keys : [document];
  return Array.isArray(keys) && keys.every(isKey) ? keys : undefined;
}

/**
 * Whether proxies can check tokens with the key. Where they can use none of a set, they reject their listener, and keep the whole
 * of their old configuration.
 */
export function isUsable(key: Key): boolean {
  if (key.kty === "oct") return true;
  try {
    return createPublicKey({ key: { ...key }, format: "jwk" }).type === "public";
  } catch {
    return false;
  }
}

/** Whether a key can sign, not only check. */
export function isPrivate(key: Key): boolean {
  return key.kty === "oct" || key.d !== undefined;
}

function isKey(key: unknown): key is Key {
  if (!isMap(key) || typeof key.kty !== "string") return false;
  return NEEDED[key.kty]?.every((member) => member === "crv" || isBase64(key[member])) ?? false;
}

function isBase64(value: unknown): boolean {
  return typeof value === "string" && /^[\w+/-]+={0,2}$/.test(value) && value.replace(/=+$/, "").length % 4 !== 1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
