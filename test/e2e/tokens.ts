// Tokens of an issuer that the tests have made up.
import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

export const ISSUER = "https://login.example.com";

/** A key of the issuer, by its name. */
export interface IssuerKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export const newKey = (kid: string): IssuerKey => ({ kid, ...generateKeyPairSync("rsa", { modulusLength: 2048 }) });

/** The issuer's key, unless a test says otherwise. */
export const issuerKey = newKey("one");

/** A JSON Web Key Set. */
export const jwksOf = (...keys: readonly IssuerKey[]): string =>
  JSON.stringify({ keys: keys.map(({ kid, publicKey }) => ({ ...publicKey.export({ format: "jwk" }), kid })) });

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** A token that is good for an hour, unless the claims say otherwise. */
export function token(claims: object, { kid, privateKey } = issuerKey): string {
  const text = `${encoded({ alg: "RS256", kid })}.${encoded({ iss: ISSUER, sub: "jane", aud: "mesh", exp: inAnHour(), ...claims })}`;
  return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
}
